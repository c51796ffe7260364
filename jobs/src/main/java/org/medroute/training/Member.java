package org.medroute.training;

/**
 * What placing a labelled document into a part or fold needs to know of it.
 *
 * @param documentId key
 * @param groupId group of duplicates
 * @param label class index, or {@link #SEVERAL} or {@link #NONE}
 * @param journal identity of the journal, null where unknown
 * @param year publication year, null where unknown
 * @param givenPart train, validation or test as the source gave it, null where it did not
 * @param automated whether the label rests on Automated indexing
 * @param textHash identity of the text
 * @param weight training weight of the label's basis
 */
public record Member(
    String documentId,
    String groupId,
    int label,
    String journal,
    Integer year,
    String givenPart,
    boolean automated,
    String textHash,
    double weight) {
  /** In place of a label: several classes are true. */
  static final int SEVERAL = -1;

  /** In place of a label: known to be of no class. */
  static final int NONE = -2;
}
