package org.medroute.medline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON objects that stand alone, such as the rows of a table, by the rules and the field
 * mapping of {@link JsonRecordReader}; only repeated ids are left to the caller, who knows the
 * objects around. Not thread-safe.
 */
public final class ObjectReader {
  private final JsonCitationParser parser;
  private final ReadLimits limits;

  public ObjectReader(FieldMapping mapping, ReadLimits limits) {
    this.parser = new JsonCitationParser(mapping, limits);
    this.limits = limits;
  }

  /** One outcome for one object: parsed or rejected. */
  public ParseOutcome read(long ordinal, String json) {
    RawRecord raw = raw(json);
    if (raw.to() > limits.maxRecordBytes()) {
      return raw.tooLarge(ordinal, Optional.empty(), limits);
    }
    Optional<String> documentId = Optional.empty();
    try {
      JsonNode object = parser.object(raw);
      documentId = parser.documentId(object);
      return new ParseOutcome.Parsed(ordinal, parser.citation(object));
    } catch (RecordFault e) {
      return raw.rejected(ordinal, documentId, e.rule(), e.getMessage(), limits);
    }
  }

  /** Rejects a record for a reason that only the caller can know. */
  public ParseOutcome reject(
      long ordinal, Optional<String> documentId, String rule, String detail, String record) {
    return raw(record).rejected(ordinal, documentId, rule, detail, limits);
  }

  private static RawRecord raw(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return RawRecord.whole(bytes, 0, bytes.length);
  }
}
