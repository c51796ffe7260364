package org.medroute.ingest;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.medroute.medline.FieldMapping;
import org.medroute.medline.ObjectReader;
import org.medroute.medline.ParseOutcome;
import org.medroute.medline.Rules;
import org.medroute.table.Staged;
import scala.Tuple2;

/**
 * Turns the rows of a table, sorted by their keys and numbered, into rows of {@link Staged}. Rows
 * of one key lie in one partition, one behind the other: the first of a document stays, the others
 * are rejected, as repeated ids of JSON records are.
 */
final class TableRows implements FlatMapFunction<Iterator<Tuple2<Row, Long>>, Row> {
  private static final long serialVersionUID = 1L;

  private final InputFile file;
  private final StagingTask.Limits limits;
  private final Map<String, String> mapping;

  TableRows(InputFile file, StagingTask.Limits limits, Map<String, String> mapping) {
    this.file = file;
    this.limits = limits;
    this.mapping = mapping;
  }

  @Override
  public Iterator<Row> call(Iterator<Tuple2<Row, Long>> numbered) {
    ObjectReader reader =
        new ObjectReader(FieldMapping.of(file.source(), mapping), limits.reading());
    return new Reading(numbered, reader);
  }

  private final class Reading implements Iterator<Row> {
    private final Iterator<Tuple2<Row, Long>> numbered;
    private final ObjectReader reader;
    private String previousId = "";
    private long previousOrdinal;
    private Iterator<Row> ready = Collections.emptyIterator();

    Reading(Iterator<Tuple2<Row, Long>> numbered, ObjectReader reader) {
      this.numbered = numbered;
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && numbered.hasNext()) {
        Tuple2<Row, Long> next = numbered.next();
        ready = StagedRow.of(0, file, outcome(next._1(), next._2() + 1)).stream().iterator();
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      return ready.next();
    }

    private ParseOutcome outcome(Row row, long ordinal) {
      String corrupt = row.getAs(Staged.CORRUPT_LINE);
      if (corrupt != null) {
        String detail = "the line has more or fewer cells than the header";
        return reader.reject(ordinal, Optional.empty(), Rules.BROKEN_CSV, detail, corrupt);
      }
      String object = row.getAs(Staged.TABLE_OBJECT);
      ParseOutcome outcome = reader.read(ordinal, object);
      if (outcome instanceof ParseOutcome.Parsed parsed) {
        String id = DocumentRow.documentId(parsed.citation(), file.source());
        if (id.equals(previousId)) {
          String detail = id + " stands at " + previousOrdinal + " already";
          return reader.reject(ordinal, Optional.of(id), Rules.DUPLICATE_ID, detail, object);
        }
        previousId = id;
        previousOrdinal = ordinal;
      }
      return outcome;
    }
  }
}
