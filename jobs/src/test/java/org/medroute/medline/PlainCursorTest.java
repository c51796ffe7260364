package org.medroute.medline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medroute.medline.PubmedFiles.utf8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain cursor sees in a record what the full parser sees, or gives up on it. */
class PlainCursorTest {
  private static final int MAX_DEPTH = 8;
  private static final List<String> NAMES = List.of("a", "b", "Label", "UI", "Version");
  private static final String RECORD =
      "<PubmedArticle>\n  <MedlineCitation b='' a=\"x>y\" >\r\n\t<PMID Version='1'>12</PMID >"
          + "<A><b/><Year>2018</Year></A><AbstractText Label=\"Aims \u00e9\" >One  two <i>E."
          + " coli</i> 10<sup>-&#x33;</sup>, p &lt; 0.05 &amp; &#946;\u03b2 \ud83e\udec0 ]] ] > end"
          + " </AbstractText><m.n_1-x a='1'\n b = \"2\"/> \uf8ff\ufffd <math><mi> x </mi></math>"
          + "</MedlineCitation></PubmedArticle>";

  /** What may turn up in a record, much of it illegal where it lands. */
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "&",
          ";",
          "]",
          "]]>",
          "\"",
          "'",
          "=",
          "/",
          " ",
          "  ",
          "\t",
          "\r",
          "\r\n",
          "\n",
          "\0",
          "\u001f",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\ufffe",
          "\uffff",
          "\ufeff",
          "\uf000",
          "\ud83e\udec0",
          "&lt;",
          "&gt;",
          "&amp;",
          "&quot;",
          "&apos;",
          "&nbsp;",
          "&#946;",
          "&#x3b2;",
          "&#0;",
          "&#9;",
          "&#13;",
          "&#x20;",
          "&#xd800;",
          "&#xfffe;",
          "&#x10ffff;",
          "&#x110000;",
          "&#99999999999;",
          "&#;",
          "&#x;",
          "&#X41;",
          "&",
          "<b/>",
          "<b>",
          "</b>",
          "</i>",
          "<b ",
          "<b/ >",
          "<!-- c -->",
          "<![CDATA[x]]>",
          "<?p i?>",
          "<!DOCTYPE a>",
          " a='1'",
          " a='1' a='2'",
          " c=\"&lt;\"",
          " xmlns='u'",
          " xmlns:p='u'",
          "p:",
          ":",
          "<p:b/>",
          "<\u00e9/>",
          "<1/>",
          "-",
          ".",
          "_",
          "1",
          "!",
          "?");

  private static List<String> events(XmlCursor cursor, byte[] record)
      throws XMLStreamException, RecordFault {
    List<String> events = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    cursor.open(record, 0, record.length);
    events.add(start(cursor));
    while (cursor.depth() > 0) {
      int event = cursor.next();
      if (event == XMLStreamConstants.CHARACTERS) {
        text.append(cursor.textCharacters(), cursor.textStart(), cursor.textLength());
        continue;
      }
      // Line ends are one character in XML, and white space like any other to whoever reads it.
      events.add(text.toString().replace("\r\n", "\n").replace('\r', '\n'));
      text.setLength(0);
      events.add(event == XMLStreamConstants.START_ELEMENT ? start(cursor) : "end");
    }
    cursor.finish();
    return events;
  }

  private static String start(XmlCursor cursor) {
    StringBuilder start = new StringBuilder(cursor.name()).append(cursor.depth());
    NAMES.forEach(name -> start.append('|').append(cursor.attributeValue(name)));
    return start.toString();
  }

  private static Optional<List<String>> plainEvents(String record) throws Exception {
    byte[] bytes = utf8(record);
    if (bytes.length == 0 || Utf8.firstInvalid(bytes, 0, bytes.length) >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(events(new PlainCursor(MAX_DEPTH), bytes));
    } catch (NotPlainException e) {
      return Optional.empty();
    }
  }

  private static void assertSeesTheSame(String record) throws Exception {
    Optional<List<String>> plain = plainEvents(record);
    if (plain.isPresent()) {
      assertThat(plain.get()).isEqualTo(events(new StaxCursor(MAX_DEPTH), utf8(record)));
      assertThat(texts(new PlainCursor(MAX_DEPTH), record))
          .isEqualTo(texts(new StaxCursor(MAX_DEPTH), record));
    }
  }

  /** The text of each child of the root's first child. */
  private static List<String> texts(XmlCursor cursor, String record) throws Exception {
    byte[] bytes = utf8(record);
    List<String> texts = new ArrayList<>();
    cursor.open(bytes, 0, bytes.length);
    if (cursor.nextChild()) {
      while (cursor.nextChild()) {
        texts.add(cursor.text());
      }
    }
    cursor.finish();
    return texts;
  }

  @Test
  void readsWhatPubMedIsWrittenIn() throws Exception {
    String record = RECORD.replace(" = ", "=");
    assertThat(plainEvents(record)).isPresent();
    assertSeesTheSame(record);
    assertThat(texts(new PlainCursor(MAX_DEPTH), record).get(2))
        .isEqualTo("One two E. coli 10^-3, p < 0.05 & \u03b2\u03b2 \ud83e\udec0 ]] ] > end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a>]]></a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>\uffff</a>",
        "<a b='\uffff'/>",
        "<a b='<'/>",
        "<a b='1' b='2'/>",
        "<a b='1'c='2'/>",
        "<a>\u0001</a>",
        "<a></b>",
        "<a><b></a></b>",
        "<a></a><b/>",
        "<a",
        "<a>",
        "<a>x",
        "</a>",
        "<a b='>",
        "<a></a >x>",
        "<a/ >",
        "<1/>",
        "<!-- c --><a/>",
        "<a xmlns='x'/>",
        "<x:a/>",
        "<a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a>",
      })
  void givesUpOnWhatIsWrongOrBeyondIt(String record) {
    byte[] bytes = utf8(record);
    assertThatThrownBy(() -> events(new PlainCursor(MAX_DEPTH), bytes))
        .isInstanceOf(NotPlainException.class);
  }

  @Test
  void neverReadsBehindTheRecord() throws Exception {
    for (int length = 1; length < RECORD.length(); length++) {
      ByteArrayOutputStream behind = new ByteArrayOutputStream();
      byte[] head = utf8(RECORD.substring(0, length));
      behind.write(head);
      behind.write(utf8("</PMID></A></AbstractText></MedlineCitation></PubmedArticle>"));
      PlainCursor cursor = new PlainCursor(MAX_DEPTH);
      assertThatThrownBy(
              () -> {
                cursor.open(behind.toByteArray(), 0, head.length);
                cursor.finish();
              })
          .isInstanceOf(NotPlainException.class);
    }
  }

  @Property(tries = 10_000)
  void seesWhatTheFullParserSees(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 5_000) Integer> places,
      @ForAll @Size(3) List<@IntRange(max = 200) Integer> pieces,
      @ForAll @IntRange(max = 12) int removed)
      throws Exception {
    StringBuilder record = new StringBuilder(RECORD.replace(" = ", "="));
    for (int i = 0; i < places.size(); i++) {
      int at = places.get(i) % record.length();
      // About half of the changes insert; the others replace up to six chars, whole tags among
      // them.
      int until = Math.min(record.length(), at + (removed > 6 ? removed - 6 : 0));
      record.replace(at, until, PIECES.get(pieces.get(i) % PIECES.size()));
    }
    assertSeesTheSame(record.toString());
  }
}
