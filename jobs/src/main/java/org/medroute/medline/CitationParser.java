package org.medroute.medline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Parses one record of a PubMed file. A record in plain XML, as nearly all are, is read by {@link
 * PlainCursor}; what that one gives up on, and whatever has a fault, is read by {@link StaxCursor},
 * so that the full parser alone decides what is rejected and why. Element names are those of NLM's
 * DTDs of 2014 to 2025, of MedlineCitationSet and PubmedArticleSet alike; what a DTD year lacks
 * stays null or empty.
 *
 * <p>A record is parsed to its end tag also where nothing is wanted of it, so that an accepted
 * record is a well-formed one. Cost: one pass, no tree. Not thread-safe.
 */
final class CitationParser {
  private static final Pattern PMC = Pattern.compile("PMC\\d+");

  private final ReadLimits limits;
  private final XmlCursor plain;
  private final int fullDepth;
  private Optional<XmlCursor> full = Optional.empty();
  private XmlCursor cursor;
  private final byte[] prefix;
  private final byte[] suffix;

  /**
   * @param rootTag start tag of the file's root: its name spaces hold for every record
   */
  CitationParser(ReadLimits limits, String rootTag, String rootName) {
    this.limits = limits;
    boolean bound = rootTag.contains("xmlns");
    String open = rootTag.endsWith("/>") ? "" : rootTag;
    prefix = (bound ? open : "").getBytes(StandardCharsets.UTF_8);
    suffix = (bound ? "</" + rootName + ">" : "").getBytes(StandardCharsets.UTF_8);
    fullDepth = limits.maxDepth() + (bound ? 1 : 0);
    plain = new PlainCursor(limits.maxDepth());
    cursor = plain;
  }

  /** Parsed or Rejected. */
  ParseOutcome citation(RawRecord raw, long ordinal) {
    return plainCitation(raw)
        .map(citation -> (ParseOutcome) new ParseOutcome.Parsed(ordinal, citation))
        .orElseGet(() -> fullCitation(raw, ordinal));
  }

  /** A citation in plain XML without a fault; empty for the full parser to decide. */
  private Optional<Citation> plainCitation(RawRecord raw) {
    if (prefix.length > 0) {
      return Optional.empty();
    }
    cursor = plain;
    try {
      cursor.open(raw.bytes(), raw.from(), raw.to() - raw.from());
      return Optional.of(citation());
    } catch (RecordFault | XMLStreamException | RuntimeException e) {
      // Not lost: the full parser meets the fault again, and says in its own words what it is.
      return Optional.empty();
    }
  }

  private ParseOutcome fullCitation(RawRecord raw, long ordinal) {
    try {
      open(raw);
      return new ParseOutcome.Parsed(ordinal, citation());
    } catch (RecordFault e) {
      return rejected(raw, ordinal, e);
    } catch (XMLStreamException | RuntimeException e) {
      return notWellFormed(raw, ordinal, e);
    }
  }

  /** Reads the record that the cursor has opened. */
  private Citation citation() throws XMLStreamException, RecordFault {
    CitationDraft draft = new CitationDraft();
    if (cursor.name().equals("MedlineCitation")) {
      medlineCitation(draft);
    } else {
      while (cursor.nextChild()) {
        switch (cursor.name()) {
          case "MedlineCitation" -> medlineCitation(draft);
          case "PubmedData" -> pubmedData(draft);
          default -> cursor.skip();
        }
      }
    }
    cursor.finish();
    if (draft.pmid == null) {
      throw new RecordFault(Rules.NO_PMID, "the record has no PMID");
    }
    return draft.citation();
  }

  /** One outcome for each PMID of a DeleteCitation or DeleteDocument, with ordinals from here. */
  List<ParseOutcome> deletions(RawRecord raw, long firstOrdinal) {
    List<ParseOutcome> outcomes = new ArrayList<>();
    try {
      open(raw);
      boolean mayBeEmpty = cursor.name().equals("DeleteDocument");
      while (cursor.nextChild()) {
        if (!cursor.name().equals("PMID")) {
          cursor.skip();
          continue;
        }
        long ordinal = firstOrdinal + outcomes.size();
        String version = cursor.attribute("Version");
        String pmid = cursor.text();
        try {
          outcomes.add(
              new ParseOutcome.Deleted(ordinal, Pmids.parse(pmid), Pmids.version(version)));
        } catch (RecordFault e) {
          outcomes.add(raw.rejected(ordinal, Optional.empty(), e.rule(), e.getMessage(), limits));
        }
      }
      cursor.finish();
      if (outcomes.isEmpty() && !mayBeEmpty) {
        throw new RecordFault(Rules.NO_PMID, "a DeleteCitation without a PMID");
      }
      return outcomes;
    } catch (RecordFault e) {
      return List.of(
          raw.rejected(firstOrdinal, Optional.empty(), e.rule(), e.getMessage(), limits));
    } catch (XMLStreamException | RuntimeException e) {
      return List.of(notWellFormed(raw, firstOrdinal, e));
    }
  }

  /** Opens a record with the full parser, which is made for the first that needs it. */
  private void open(RawRecord raw) throws XMLStreamException, RecordFault {
    if (full.isEmpty()) {
      full = Optional.of(new StaxCursor(fullDepth));
    }
    cursor = full.get();
    if (prefix.length == 0) {
      cursor.open(raw.bytes(), raw.from(), raw.to() - raw.from());
    } else {
      byte[] wrapped = raw.wrapped(prefix, suffix);
      cursor.open(wrapped, 0, wrapped.length);
      cursor.nextChild();
    }
  }

  private ParseOutcome rejected(RawRecord raw, long ordinal, RecordFault fault) {
    return raw.rejected(ordinal, Pmids.documentIdIn(raw), fault.rule(), fault.getMessage(), limits);
  }

  /**
   * Says why the XML parser gave up. RuntimeException belongs here because aalto reports what it
   * meets in text that it reads lazily by an unchecked exception.
   */
  private ParseOutcome notWellFormed(RawRecord raw, long ordinal, Exception e) {
    return rejected(raw, ordinal, XmlFaults.of(raw, e));
  }

  private void medlineCitation(CitationDraft draft) throws XMLStreamException, RecordFault {
    draft.status = cursor.attribute("Status");
    draft.indexingMethod = cursor.attribute("IndexingMethod");
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "PMID" -> {
          draft.version = Pmids.version(cursor.attribute("Version"));
          draft.pmid = Pmids.parse(cursor.text());
        }
        case "DateRevised" -> draft.dateRevised = isoDate();
        case "Article" -> article(draft);
        case "MedlineJournalInfo" -> journalInfo(draft);
        case "MeshHeadingList" -> meshHeadings(draft);
        case "KeywordList" -> texts("Keyword", draft.keywords);
        case "OtherAbstract" -> {
          String language = cursor.attribute("Language");
          while (cursor.nextChild()) {
            otherAbstractText(language, draft);
          }
        }
        case "OtherID" -> {
          String id = cursor.text();
          if (draft.pmcid == null && PMC.matcher(id).matches()) {
            draft.pmcid = id;
          }
        }
        case "CommentsCorrectionsList" -> {
          while (cursor.nextChild()) {
            draft.retracted |= "RetractionIn".equals(cursor.attribute("RefType"));
            cursor.skip();
          }
        }
        default -> cursor.skip();
      }
    }
  }

  private void article(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Journal" -> journal(draft);
        case "ArticleTitle" -> draft.title = cursor.textOrNull();
        case "VernacularTitle" -> draft.vernacularTitle = cursor.textOrNull();
        case "ELocationID" -> {
          boolean doi =
              "doi".equals(cursor.attribute("EIdType")) && !"N".equals(cursor.attribute("ValidYN"));
          String value = cursor.textOrNull();
          if (doi && draft.doi == null) {
            draft.doi = value;
          }
        }
        case "Abstract" -> {
          while (cursor.nextChild()) {
            abstractText(draft);
          }
        }
        case "AuthorList" -> {
          while (cursor.nextChild()) {
            authorAffiliations(draft);
          }
        }
        case "Language" -> {
          String language = cursor.textOrNull();
          draft.language = draft.language == null ? language : draft.language;
        }
        case "PublicationTypeList" -> texts("PublicationType", draft.publicationTypes);
        default -> cursor.skip();
      }
    }
  }

  private void abstractText(CitationDraft draft) throws XMLStreamException, RecordFault {
    if (!cursor.name().equals("AbstractText")) {
      cursor.skip();
      return;
    }
    String label = cursor.attribute("Label");
    String category = cursor.attribute("NlmCategory");
    String text = cursor.text();
    if (!text.isEmpty()) {
      draft.abstractSections.add(new Citation.Section(label, category, text));
    }
  }

  /** The label column holds the language, so a printed label leads the text. */
  private void otherAbstractText(String language, CitationDraft draft)
      throws XMLStreamException, RecordFault {
    if (!cursor.name().equals("AbstractText")) {
      cursor.skip();
      return;
    }
    String label = cursor.attribute("Label");
    String category = cursor.attribute("NlmCategory");
    String text = cursor.text();
    if (!text.isEmpty()) {
      String labelled = label == null ? text : label + ": " + text;
      draft.otherAbstracts.add(new Citation.Section(language, category, labelled));
    }
  }

  /** AffiliationInfo since 2015, Affiliation itself before. */
  private void authorAffiliations(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Affiliation" -> affiliation(draft);
        case "AffiliationInfo" -> {
          while (cursor.nextChild()) {
            if (cursor.name().equals("Affiliation")) {
              affiliation(draft);
            } else {
              cursor.skip();
            }
          }
        }
        default -> cursor.skip();
      }
    }
  }

  private void affiliation(CitationDraft draft) throws XMLStreamException, RecordFault {
    String text = cursor.text();
    if (!text.isEmpty()) {
      draft.affiliations.add(text);
    }
  }

  private void journal(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "ISSN" -> draft.issn = cursor.textOrNull();
        case "Title" -> draft.journalTitle = cursor.textOrNull();
        case "ISOAbbreviation" -> {
          String abbreviation = cursor.textOrNull();
          if (draft.journalAbbreviation == null) {
            draft.journalAbbreviation = abbreviation;
          }
        }
        case "JournalIssue" -> {
          while (cursor.nextChild()) {
            if (cursor.name().equals("PubDate")) {
              draft.date = pubDate();
            } else {
              cursor.skip();
            }
          }
        }
        default -> cursor.skip();
      }
    }
  }

  /** NLM's own abbreviation (MedlineTA) stands above the ISO one. */
  private void journalInfo(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "MedlineTA" -> {
          String abbreviation = cursor.textOrNull();
          draft.journalAbbreviation =
              abbreviation == null ? draft.journalAbbreviation : abbreviation;
        }
        case "NlmUniqueID" -> draft.nlmId = cursor.textOrNull();
        case "Country" -> draft.country = cursor.textOrNull();
        case "ISSNLinking" -> {
          String linking = cursor.textOrNull();
          draft.issn = draft.issn == null ? linking : draft.issn;
        }
        default -> cursor.skip();
      }
    }
  }

  private void meshHeadings(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      String ui = null;
      String name = "";
      boolean major = false;
      List<String> qualifiers = new ArrayList<>(2);
      while (cursor.nextChild()) {
        switch (cursor.name()) {
          case "DescriptorName" -> {
            ui = cursor.attribute("UI");
            major |= cursor.flag("MajorTopicYN");
            name = cursor.text();
          }
          case "QualifierName" -> {
            major |= cursor.flag("MajorTopicYN");
            qualifiers.add(cursor.text());
          }
          default -> cursor.skip();
        }
      }
      if (!name.isEmpty()) {
        draft.mesh.add(new Citation.MeshHeading(ui, name, major, qualifiers));
      }
    }
  }

  /** Only the article's own identifiers: its references have lists of the same name deeper down. */
  private void pubmedData(CitationDraft draft) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      if (!cursor.name().equals("ArticleIdList")) {
        cursor.skip();
        continue;
      }
      while (cursor.nextChild()) {
        String type = cursor.attribute("IdType");
        String value = cursor.textOrNull();
        if ("doi".equals(type) && draft.doi == null) {
          draft.doi = value;
        } else if ("pmc".equals(type) && value != null) {
          draft.pmcid = value;
        }
      }
    }
  }

  private PublicationDate pubDate() throws XMLStreamException, RecordFault {
    String year = null;
    String month = null;
    String day = null;
    String season = null;
    String medlineDate = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Year" -> year = cursor.textOrNull();
        case "Month" -> month = cursor.textOrNull();
        case "Day" -> day = cursor.textOrNull();
        case "Season" -> season = cursor.textOrNull();
        case "MedlineDate" -> medlineDate = cursor.textOrNull();
        default -> cursor.skip();
      }
    }
    return PublicationDate.ofParts(year, month, day, season, medlineDate);
  }

  /** Year, Month and Day as yyyy-MM-dd; null where they are no date. */
  private String isoDate() throws XMLStreamException, RecordFault {
    PublicationDate date = pubDate();
    boolean plain = date.note().isEmpty() && date.firstDay().isPresent();
    return plain ? date.firstDay().get().toString() : null;
  }

  private void texts(String element, List<String> target) throws XMLStreamException, RecordFault {
    while (cursor.nextChild()) {
      if (!cursor.name().equals(element)) {
        cursor.skip();
        continue;
      }
      String text = cursor.text();
      if (!text.isEmpty()) {
        target.add(text);
      }
    }
  }
}
