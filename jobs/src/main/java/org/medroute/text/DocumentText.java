package org.medroute.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The text of a document as one string, its identity and the key under which copies of one abstract
 * meet.
 *
 * <p>A null or blank title counts as an empty one; null or blank sections count as absent,
 * everywhere alike. Nothing is trimmed or rewritten beyond NFC.
 */
public final class DocumentText {
  /** Shorter normalised abstracts are no evidence that two documents are copies. */
  static final int MIN_GROUP_LENGTH = 150;

  /** Between title and sections in the hashed form; legal text never holds it. */
  private static final char TITLE_END = '\u001f';

  /** Between two sections in the hashed form; legal text never holds it. */
  private static final char SECTION_END = '\u001e';

  private static final char LINE_END = '\n';

  private static final char ASCII_END = 0x80;

  private DocumentText() {}

  /**
   * The text that is tokenised and whose language is detected: title, then sections, each on lines
   * of its own. Tokens of more than one word never cross a line.
   *
   * @return never null; empty where there is neither title nor section
   */
  public static String join(String title, List<String> sections) {
    String body = concatenate(sections, LINE_END);
    if (isBlank(title)) {
      return body;
    }
    return body.isEmpty() ? title : title + LINE_END + body;
  }

  /**
   * Identity of the text: lower-case hexadecimal SHA-256 of the UTF-8 form of NFC title, U+001F,
   * NFC sections in order with U+001E between them. U+001F is there even if title or sections are
   * missing, so that a title never equals an abstract.
   */
  public static String hash(String title, List<String> sections) {
    return sha256(
        NormalForm.of(
            (isBlank(title) ? "" : title) + TITLE_END + concatenate(sections, SECTION_END)));
  }

  /**
   * Key that equal abstracts share whatever their punctuation, spacing or case: SHA-256 of the NFC
   * abstract reduced to its letters and digits in lower case.
   *
   * @return empty if fewer than 150 characters are left
   */
  public static Optional<String> groupKey(List<String> sections) {
    char[] letters = NormalForm.of(concatenate(sections, LINE_END)).toCharArray();
    int length = letterForm(letters);
    return length < MIN_GROUP_LENGTH
        ? Optional.empty()
        : Optional.of(sha256(new String(letters, 0, length)));
  }

  /**
   * Reduces a text, in place, to its letters and digits in lower case, which take no more chars.
   *
   * @return the new length
   */
  private static int letterForm(char[] text) {
    int length = 0;
    for (int at = 0; at < text.length; ) {
      char c = text[at];
      if (c < ASCII_END) {
        at++;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
          text[length++] = c;
        } else if (c >= 'A' && c <= 'Z') {
          text[length++] = (char) (c + ('a' - 'A'));
        }
      } else {
        int point = Character.codePointAt(text, at);
        at += Character.charCount(point);
        if (Character.isLetterOrDigit(point)) {
          length += Character.toChars(Character.toLowerCase(point), text, length);
        }
      }
    }
    return length;
  }

  private static String concatenate(List<String> sections, char separator) {
    if (sections == null) {
      return "";
    }
    StringBuilder text = new StringBuilder(2048);
    for (String section : sections) {
      if (!isBlank(section)) {
        if (!text.isEmpty()) {
          text.append(separator);
        }
        text.append(section);
      }
    }
    return text.toString();
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static String sha256(String text) {
    try {
      // A lone surrogate has no UTF-8 form: it is hashed as '?', here as everywhere in Java.
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256", e);
    }
  }
}
