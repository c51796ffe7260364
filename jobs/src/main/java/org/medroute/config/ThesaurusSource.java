package org.medroute.config;

import java.io.Serializable;

/**
 * Where a section takes its thesaurus from.
 *
 * @param section that names it, for messages
 * @param table of the MeSH trees, empty for none
 * @param missing what happens where that table is not there
 */
public record ThesaurusSource(String section, String table, Missing missing)
    implements Serializable {

  /** What to do without the thesaurus that is asked for. */
  public enum Missing {
    /** Nothing is trained. */
    REFUSE,
    /** The model is trained without concepts, and says so. */
    WITHOUT
  }

  /** No thesaurus. */
  public static ThesaurusSource none(String section) {
    return new ThesaurusSource(section, "", Missing.REFUSE);
  }

  static ThesaurusSource from(Settings settings, String section) {
    return new ThesaurusSource(
        section,
        settings.optionalText(section + ".thesaurus").orElse(""),
        settings.choice(section + ".thesaurus-missing", Missing.class));
  }
}
