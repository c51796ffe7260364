package org.medroute.medline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a PubMed file into records at its top-level citation tags, on bytes, before anything is
 * parsed: a record that is broken inside cannot stop the next one.
 *
 * <p>The scanner knows only as much XML as it needs. A "&lt;" starts markup and is legal nowhere
 * else, attribute values included; so inside a record it goes from "&lt;" to "&lt;", steps over
 * comments, CDATA sections and processing instructions as wholes, and looks at the names of tags. A
 * record ends at its own end tag. Where the next record or the end of the root comes first, the
 * record is unclosed and the scan goes on there; what lies between records and is no record is cut
 * as one piece of its own. Elements are not counted: depth would be wrong exactly where a record is
 * broken.
 *
 * <p>The prolog may hold a DOCTYPE with an external identifier, which is never read; an internal
 * subset refuses the file, since nothing but an attack on entities needs one.
 *
 * <p>Cost: one pass; about half a nanosecond a byte. Memory: that of {@link Window}.
 */
final class RecordScanner {
  /** What a cut is. */
  enum Kind {
    CITATION,
    BOOK,
    DELETION,
    UNCLOSED,
    UNKNOWN
  }

  /** A record of the file, valid until the next is cut. */
  record Cut(Kind kind, RawRecord raw) {}

  private record Tag(byte[] name, Kind kind) {
    static Tag of(String name, Kind kind) {
      return new Tag(ascii(name), kind);
    }
  }

  private record Root(String name, byte[] bytes, List<Tag> records) {
    static Root of(String name, Tag... records) {
      return new Root(name, ascii(name), List.of(records));
    }
  }

  private static final Tag DELETE_CITATION = Tag.of("DeleteCitation", Kind.DELETION);
  private static final Tag DELETE_DOCUMENT = Tag.of("DeleteDocument", Kind.DELETION);
  private static final List<Root> ROOTS =
      List.of(
          Root.of(
              "PubmedArticleSet",
              Tag.of("PubmedArticle", Kind.CITATION),
              Tag.of("PubmedBookArticle", Kind.BOOK),
              DELETE_CITATION,
              DELETE_DOCUMENT),
          Root.of(
              "MedlineCitationSet",
              Tag.of("MedlineCitation", Kind.CITATION),
              DELETE_CITATION,
              DELETE_DOCUMENT));

  private static final byte[] COMMENT = ascii("<!--");
  private static final byte[] COMMENT_END = ascii("-->");
  private static final byte[] CDATA = ascii("<![CDATA[");
  private static final byte[] CDATA_END = ascii("]]>");
  private static final byte[] PI = ascii("<?");
  private static final byte[] PI_END = ascii("?>");
  private static final byte[] DOCTYPE = ascii("<!DOCTYPE");
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml\\s[^>]*encoding\\s*=\\s*[\"']([^\"']*)[\"'].*", Pattern.DOTALL);

  /** More than the longest tag name with what surrounds it. */
  private static final int LOOKAHEAD = 32;

  /** PubmedArticle is no PublicationType, DeleteCitation no DescriptorName: place of the letter. */
  private static final int TELLING_LETTER = 3;

  private final Window window;
  private final ContentStream content;
  private Root root;
  private String rootTag = "";
  private boolean done;

  RecordScanner(Window window, ContentStream content) {
    this.window = window;
    this.content = content;
  }

  /** The next record, or empty once the file has ended well. */
  Optional<Cut> next() throws IOException {
    if (root == null) {
      prolog();
    }
    while (!done) {
      if (!window.skipSpace()) {
        throw truncated("the closing tag </" + root.name() + "> is missing");
      }
      if (window.bytes[window.position] == '<') {
        window.ensure(LOOKAHEAD);
        if (misc()) {
          continue;
        }
        if (closesRoot()) {
          closeRoot();
          break;
        }
        Tag tag = recordStart();
        if (tag != null) {
          return Optional.of(record(tag));
        }
      }
      window.mark();
      window.position++;
      return Optional.of(body(new Tag(new byte[0], Kind.UNKNOWN)));
    }
    return Optional.empty();
  }

  /** The start tag of the root as it stands in the file. */
  String rootTag() {
    return rootTag;
  }

  String rootName() {
    return root.name();
  }

  private Cut record(Tag tag) throws IOException {
    window.mark();
    window.position += 1 + tag.name().length;
    if (endOfStartTag()) {
      return new Cut(tag.kind(), window.cut());
    }
    return body(tag);
  }

  /** Scans to the end of a record whose start tag has been read. */
  private Cut body(Tag tag) throws IOException {
    byte[] name = tag.name();
    byte nameStart = name.length == 0 ? 0 : name[0];
    byte rootStart = root.bytes()[0];
    while (window.seek((byte) '<')) {
      if (window.end - window.position < LOOKAHEAD) {
        window.ensure(LOOKAHEAD);
      }
      byte[] bytes = window.bytes;
      int at = window.position + 1;
      byte next = at < window.end ? bytes[at] : 0;
      if (next == '/') {
        // The end tag of a record or of the root is one in a hundred: decide by its first letter.
        byte first = at + 1 < window.end ? bytes[at + 1] : 0;
        if (first != nameStart && first != rootStart) {
          window.position++;
          continue;
        }
        if (name.length > 0 && named(name, 2)) {
          window.position += 2 + name.length;
          if (window.skipSpace() && window.bytes[window.position] == '>') {
            window.position++;
            return new Cut(tag.kind(), window.cut());
          }
          continue;
        }
        if (closesRoot()) {
          return unclosed(tag);
        }
      } else if (next == '!' || next == '?') {
        if (skipSpecial()) {
          continue;
        }
      } else if ((next == 'P' || next == 'D' || next == 'M') && recordStart() != null) {
        return unclosed(tag);
      }
      window.position++;
    }
    throw truncated("ends inside a record");
  }

  private Cut unclosed(Tag tag) {
    return new Cut(tag.kind() == Kind.UNKNOWN ? Kind.UNKNOWN : Kind.UNCLOSED, window.cut());
  }

  /** Steps over a comment, CDATA section or processing instruction, if one starts here. */
  private boolean skipSpecial() throws IOException {
    byte[] end;
    if (window.startsWith(COMMENT, 0)) {
      window.position += COMMENT.length;
      end = COMMENT_END;
    } else if (window.startsWith(CDATA, 0)) {
      window.position += CDATA.length;
      end = CDATA_END;
    } else if (window.startsWith(PI, 0)) {
      window.position += PI.length;
      end = PI_END;
    } else {
      return false;
    }
    if (!window.skipPast(end)) {
      throw truncated("ends inside a comment, a CDATA section or a processing instruction");
    }
    return true;
  }

  /** Steps over a comment or processing instruction outside records; it must be UTF-8. */
  private boolean misc() throws IOException {
    if (!window.startsWith(COMMENT, 0) && !window.startsWith(PI, 0)) {
      return false;
    }
    window.mark();
    skipSpecial();
    checked(window.cut());
    return true;
  }

  private RawRecord checked(RawRecord raw) {
    if (raw.oversized()) {
      throw content.refuse(
          Rules.RECORD_TOO_LARGE, "markup outside records is longer than a record may be");
    }
    if (raw.firstInvalidUtf8() >= 0) {
      throw content.refuse(Rules.INVALID_UTF8, "bytes outside records are not UTF-8");
    }
    return raw;
  }

  /** Moves behind the "&gt;" of a start tag, over quoted values; true if the element is empty. */
  private boolean endOfStartTag() throws IOException {
    byte quote = 0;
    byte last = 0;
    do {
      while (window.position < window.end) {
        byte b = window.bytes[window.position];
        if (b == '<') {
          // Not legal here: leave it to the parser to say so, and go on with the markup.
          return false;
        }
        window.position++;
        if (quote != 0) {
          quote = b == quote ? 0 : quote;
        } else if (b == '"' || b == '\'') {
          quote = b;
        } else if (b == '>') {
          return last == '/';
        }
        last = b;
      }
    } while (window.fill());
    throw truncated("ends inside a start tag");
  }

  private Tag recordStart() throws IOException {
    for (Tag tag : root.records()) {
      if (mayBe(tag.name()) && named(tag.name(), 1)) {
        return tag;
      }
    }
    return null;
  }

  /** Quickly tells most other names, by one letter of those that begin alike. */
  private boolean mayBe(byte[] name) {
    int at = window.position + 1 + TELLING_LETTER;
    return at >= window.end || window.bytes[at] == name[TELLING_LETTER];
  }

  private boolean closesRoot() throws IOException {
    return window.ensure(2) && window.bytes[window.position + 1] == '/' && named(root.bytes(), 2);
  }

  /** True if exactly that name stands at the offset. */
  private boolean named(byte[] name, int offset) throws IOException {
    if (!window.startsWith(name, offset) || !window.ensure(offset + name.length + 1)) {
      return false;
    }
    byte after = window.bytes[window.position + offset + name.length];
    return after == '>' || after == '/' || Window.isSpace(after);
  }

  private void prolog() throws IOException {
    if (window.startsWith(BOM, 0)) {
      window.position += BOM.length;
    }
    while (root == null) {
      if (!window.skipSpace()) {
        throw content.refuse(Rules.EMPTY_FILE, "holds nothing; a PubMed file was expected");
      }
      if (window.bytes[window.position] != '<') {
        int first = window.bytes[window.position] & 0xff;
        throw content.refuse(
            first >= 0xfe ? Rules.UNSUPPORTED_ENCODING : Rules.NOT_XML,
            "begins with \""
                + ContentStream.printable(window.bytes, window.position, window.end)
                + "\"; XML in UTF-8 was expected");
      }
      window.ensure(LOOKAHEAD);
      if (window.startsWith(PI, 0)) {
        window.mark();
        skipSpecial();
        declaration(checked(window.cut()).text());
      } else if (isDoctype()) {
        doctype();
      } else if (!misc()) {
        rootStart();
      }
    }
  }

  private void declaration(String text) {
    Matcher matcher = ENCODING.matcher(text);
    if (matcher.matches()) {
      String encoding = matcher.group(1).toUpperCase(Locale.ROOT);
      if (!encoding.equals("UTF-8") && !encoding.equals("UTF8") && !encoding.equals("US-ASCII")) {
        throw content.refuse(
            Rules.UNSUPPORTED_ENCODING, "states the encoding " + encoding + "; expected UTF-8");
      }
    }
  }

  /** In any case of letters, so that an HTML page is named by its root. */
  private boolean isDoctype() throws IOException {
    if (!window.ensure(DOCTYPE.length)) {
      return false;
    }
    return new String(window.bytes, window.position, DOCTYPE.length, StandardCharsets.ISO_8859_1)
        .equalsIgnoreCase("<!DOCTYPE");
  }

  private void doctype() throws IOException {
    window.mark();
    window.position += DOCTYPE.length;
    byte quote = 0;
    do {
      while (window.position < window.end) {
        byte b = window.bytes[window.position++];
        if (quote != 0) {
          quote = b == quote ? 0 : quote;
        } else if (b == '"' || b == '\'') {
          quote = b;
        } else if (b == '[') {
          throw content.refuse(
              Rules.INTERNAL_SUBSET,
              "the DOCTYPE declares entities or elements of its own; PubMed's never does");
        } else if (b == '>') {
          checked(window.cut());
          return;
        }
      }
    } while (window.fill());
    throw truncated("ends inside the DOCTYPE");
  }

  private void rootStart() throws IOException {
    for (Root candidate : ROOTS) {
      if (named(candidate.bytes(), 1)) {
        root = candidate;
        window.mark();
        window.position++;
        boolean empty = endOfStartTag();
        rootTag = checked(window.cut()).text();
        if (empty) {
          epilog();
        }
        return;
      }
    }
    window.ensure(120);
    String text = ContentStream.printable(window.bytes, window.position, window.end);
    throw content.refuse(
        Rules.WRONG_ROOT,
        "the root element is "
            + text.replaceFirst("^<([^\\s/>]*).*$", "<$1>")
            + "; expected <PubmedArticleSet> or <MedlineCitationSet>");
  }

  private void closeRoot() throws IOException {
    window.position += 2 + root.bytes().length;
    if (!window.skipSpace() || window.bytes[window.position] != '>') {
      throw truncated("the closing tag </" + root.name() + "> is broken");
    }
    window.position++;
    epilog();
  }

  /** After the root: nothing but white space, comments and instructions. */
  private void epilog() throws IOException {
    while (window.skipSpace()) {
      window.ensure(LOOKAHEAD);
      if (!misc()) {
        throw content.refuse(
            Rules.CONTENT_AFTER_END,
            "content follows </"
                + root.name()
                + ">: \""
                + ContentStream.printable(window.bytes, window.position, window.end)
                + "\"");
      }
    }
    done = true;
  }

  private RefusedFileException truncated(String detail) {
    return content.refuse(Rules.TRUNCATED_XML, detail + "; fetch the file again");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
