package org.medroute.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * What a linear model says of documents that it was not fitted on, in order of their ids.
 *
 * @param documents one a training document
 */
record Margins(List<Scored> documents) {
  /** One number a class. */
  record Scored(String id, int label, int fold, double[] margins) {}

  static Margins read(Dataset<Row> rows, int fold) {
    List<Scored> documents = new ArrayList<>();
    for (Row row :
        rows.select(Documents.DOCUMENT_ID, Frames.LABEL, Frames.PROBABILITIES).collectAsList()) {
      documents.add(
          new Scored(
              row.getString(0),
              (int) row.getDouble(1),
              fold,
              row.<Double>getList(2).stream().mapToDouble(Double::doubleValue).toArray()));
    }
    documents.sort(Comparator.comparing(Scored::id));
    return new Margins(documents);
  }

  static Margins join(List<Margins> parts) {
    List<Scored> documents = new ArrayList<>();
    parts.forEach(part -> documents.addAll(part.documents()));
    documents.sort(Comparator.comparing(Scored::id));
    return new Margins(documents);
  }

  /** Share of documents whose largest margin is their class's. */
  double accuracy() {
    long right = documents.stream().filter(one -> largest(one.margins()) == one.label()).count();
    return documents.isEmpty() ? 0 : right / (double) documents.size();
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
