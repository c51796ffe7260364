package org.medroute.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.medroute.config.ClassSet;
import org.medroute.linear.Vote;
import org.medroute.metrics.Predictions;

/**
 * The vote over out-of-fold results of a linear model and, perhaps, a forest.
 *
 * <p>The vote of the model is fitted on all of them. The predictions by which the model is judged,
 * calibrated and routed come from votes fitted without the fold that they predict: else the few
 * parameters of the vote would have seen their documents.
 *
 * @param vote of the model
 * @param outOfFold uncalibrated predictions of the whole model
 */
record FoldVotes(Vote vote, Predictions outOfFold) {
  static FoldVotes of(Margins margins, Optional<Predictions> forest, int folds, ClassSet classes) {
    List<Margins.Scored> documents = margins.documents();
    forest.ifPresent(predictions -> requireSame(documents, predictions));
    Predictions.Builder builder = Predictions.builder(classes, List.of());
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      Vote vote = fit(documents, forest, document -> document.fold() != held);
      for (int i = 0; i < documents.size(); i++) {
        Margins.Scored document = documents.get(i);
        if (document.fold() == fold) {
          int at = i;
          double[] votes = forest.map(each -> each.probabilities(at)).orElse(new double[0]);
          builder.add(
              document.id(), document.label(), vote.probabilities(document.margins(), votes));
        }
      }
    }
    return new FoldVotes(fit(documents, forest, document -> true), builder.build());
  }

  private static Vote fit(
      List<Margins.Scored> documents,
      Optional<Predictions> forest,
      Predicate<Margins.Scored> wanted) {
    List<double[]> margins = new ArrayList<>();
    List<double[]> votes = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      Margins.Scored document = documents.get(i);
      if (wanted.test(document)) {
        margins.add(document.margins());
        int at = i;
        forest.ifPresent(each -> votes.add(each.probabilities(at)));
        labels.add(document.label());
      }
    }
    double[] weights = new double[labels.size()];
    Arrays.fill(weights, 1);
    return Vote.fit(
        margins.toArray(double[][]::new),
        votes.toArray(double[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        weights);
  }

  private static void requireSame(List<Margins.Scored> documents, Predictions forest) {
    boolean same = documents.size() == forest.size();
    for (int i = 0; same && i < documents.size(); i++) {
      same = documents.get(i).id().equals(forest.id(i));
    }
    if (!same) {
      throw new IllegalStateException(
          "Forest and linear model were cross-validated on different documents: "
              + forest.size()
              + " and "
              + documents.size());
    }
  }
}
