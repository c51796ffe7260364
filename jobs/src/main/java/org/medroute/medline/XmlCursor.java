package org.medroute.medline;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * A pull cursor over one record with the discipline that the record parsers need: {@link
 * #nextChild} walks the children of the current element, and each child is either descended into
 * again, read with {@link #text} or left with {@link #skip}. Every step counts the depth.
 *
 * <p>No DTD, no entity beyond the five of XML, nothing ever resolved. Two implementations: {@link
 * StaxCursor} reads all of XML and words every fault; {@link PlainCursor} reads the plain XML that
 * PubMed is written in, and gives up on anything else.
 */
abstract class XmlCursor {
  private final InlineText inlineText = new InlineText(this);

  /** Opens a document and stops at its root element. */
  abstract void open(byte[] bytes, int from, int length) throws XMLStreamException, RecordFault;

  /** Reads on to the end of the document, so that all of it has been checked. */
  abstract void finish() throws XMLStreamException, RecordFault;

  /** The next event, one of {@link XMLStreamConstants}, depth and entities checked. */
  abstract int next() throws XMLStreamException, RecordFault;

  /** Elements that are open at the current event. */
  abstract int depth();

  /** Local name of the current element; after its start tag, before the next event. */
  abstract String name();

  /** The value of an attribute of the current element as written; null where absent. */
  abstract String attributeValue(String name);

  /** The array that holds the characters of the current event of text. */
  abstract char[] textCharacters() throws XMLStreamException;

  abstract int textStart();

  abstract int textLength() throws XMLStreamException;

  /** Moves to the next child element; false where the current element ends. */
  boolean nextChild() throws XMLStreamException, RecordFault {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        return false;
      }
    }
  }

  /** Leaves the current element. */
  void skip() throws XMLStreamException, RecordFault {
    int outside = depth() - 1;
    while (depth() > outside) {
      next();
    }
  }

  /** The text of the current element, markup flattened; leaves it. Empty where there is none. */
  String text() throws XMLStreamException, RecordFault {
    return inlineText.read();
  }

  /** The same, null where there is none. */
  final String textOrNull() throws XMLStreamException, RecordFault {
    String text = text();
    return text.isEmpty() ? null : text;
  }

  /** The value of an attribute of the current element, stripped; null where absent or blank. */
  final String attribute(String name) {
    String value = attributeValue(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  final boolean flag(String attribute) {
    return "Y".equals(attribute(attribute));
  }
}
