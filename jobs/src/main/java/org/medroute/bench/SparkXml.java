package org.medroute.bench;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.medroute.medline.Citation;

/**
 * What the documents table takes from a PubMed citation, as Spark's own XML source is told to read
 * it and as rows of our own hold it. Both leave out what is derived: hashes, language of the text.
 */
final class SparkXml {
  private static final String VALUES = "array<struct<_VALUE: string>>";

  /** The elements that hold it. */
  static final StructType ELEMENTS =
      StructType.fromDDL(
          "MedlineCitation struct<_Status: string, _IndexingMethod: string,"
              + " PMID: struct<_VALUE: bigint, _Version: int>,"
              + " DateRevised: struct<Year: string, Month: string, Day: string>,"
              + " Article: struct<"
              + "Journal: struct<ISSN: struct<_VALUE: string>, Title: string,"
              + " ISOAbbreviation: string, JournalIssue: struct<PubDate: struct<Year: string,"
              + " Month: string, Day: string, Season: string, MedlineDate: string>>>,"
              + " ArticleTitle: string, VernacularTitle: string,"
              + " Abstract: struct<AbstractText: array<struct<_VALUE: string, _Label: string,"
              + " _NlmCategory: string>>>,"
              + " AuthorList: struct<Author: array<struct<AffiliationInfo: array<struct<"
              + "Affiliation: string>>>>>,"
              + " Language: array<string>, PublicationTypeList: struct<PublicationType: "
              + VALUES
              + ">>,"
              + " MedlineJournalInfo: struct<Country: string, MedlineTA: string,"
              + " NlmUniqueID: string>,"
              + " MeshHeadingList: struct<MeshHeading: array<struct<DescriptorName: struct<"
              + "_VALUE: string, _UI: string, _MajorTopicYN: string>, QualifierName: array<struct<"
              + "_VALUE: string, _MajorTopicYN: string>>>>>,"
              + " OtherAbstract: array<struct<AbstractText: "
              + VALUES
              + ">>, KeywordList: array<struct<Keyword: "
              + VALUES
              + ">>>,"
              + " PubmedData struct<ArticleIdList: struct<ArticleId: array<struct<_VALUE: string,"
              + " _IdType: string>>>>");

  /** The same of a parsed citation. */
  static final StructType ROW =
      StructType.fromDDL(
          "pmid bigint, doi string, pmcid string, version int, title string,"
              + " vernacular_title string, sections array<struct<label: string, category: string,"
              + " text: string>>, other array<struct<label: string, category: string,"
              + " text: string>>, language string, journal struct<title: string,"
              + " abbreviation: string, nlm_id: string, issn: string, country: string>,"
              + " year int, date string, revised string, types array<string>,"
              + " mesh array<struct<ui: string, name: string, major: boolean,"
              + " qualifiers: array<string>>>, keywords array<string>, affiliations array<string>,"
              + " indexing string, status string");

  private SparkXml() {}

  static Row row(Citation citation) {
    Citation.Journal journal = citation.journal();
    return RowFactory.create(
        citation.pmid(),
        citation.doi(),
        citation.pmcid(),
        citation.version(),
        citation.title(),
        citation.vernacularTitle(),
        sections(citation.abstractSections()),
        sections(citation.otherAbstracts()),
        citation.language(),
        journal == null
            ? null
            : RowFactory.create(
                journal.title(),
                journal.abbreviation(),
                journal.nlmId(),
                journal.issn(),
                journal.country()),
        citation.publicationYear(),
        citation.publicationDateRaw(),
        citation.dateRevised(),
        citation.publicationTypes().toArray(),
        citation.mesh().stream().map(SparkXml::mesh).toArray(),
        citation.keywords().toArray(),
        citation.affiliations().toArray(),
        citation.indexingMethod(),
        citation.status());
  }

  private static Object[] sections(List<Citation.Section> sections) {
    return sections.stream()
        .map(section -> RowFactory.create(section.label(), section.category(), section.text()))
        .toArray();
  }

  private static Row mesh(Citation.MeshHeading heading) {
    return RowFactory.create(
        heading.ui(), heading.name(), heading.major(), heading.qualifiers().toArray());
  }
}
