package org.medroute.medline;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.io.Stax2ByteArraySource;

/**
 * A cursor on a StAX parser: it reads all of XML, and its words say what is wrong with a record.
 */
final class StaxCursor extends XmlCursor {
  private final InputFactoryImpl factory = new InputFactoryImpl();
  private final int maxDepth;
  private XMLStreamReader reader;
  private int depth;

  StaxCursor(int maxDepth) {
    this.maxDepth = maxDepth;
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("no external entity is ever read: " + systemId);
        });
  }

  @Override
  void open(byte[] bytes, int from, int length) throws XMLStreamException, RecordFault {
    reader = factory.createXMLStreamReader(new Stax2ByteArraySource(bytes, from, length));
    depth = 0;
    while (next() != XMLStreamConstants.START_ELEMENT) {
      continue;
    }
  }

  @Override
  void finish() throws XMLStreamException, RecordFault {
    while (reader.hasNext()) {
      next();
    }
    reader.close();
  }

  @Override
  int next() throws XMLStreamException, RecordFault {
    int event = reader.next();
    if (event == XMLStreamConstants.START_ELEMENT) {
      if (++depth > maxDepth) {
        throw new RecordFault(
            Rules.TOO_DEEP, "elements are nested deeper than the limit of " + maxDepth);
      }
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new RecordFault(
          Rules.UNDECLARED_ENTITY, "&" + reader.getLocalName() + "; is not an entity of XML");
    }
    return event;
  }

  @Override
  int depth() {
    return depth;
  }

  @Override
  String name() {
    return reader.getLocalName();
  }

  @Override
  String attributeValue(String name) {
    return reader.getAttributeValue(null, name);
  }

  @Override
  char[] textCharacters() {
    return reader.getTextCharacters();
  }

  @Override
  int textStart() {
    return reader.getTextStart();
  }

  @Override
  int textLength() {
    return reader.getTextLength();
  }
}
