package org.medroute.medline;

import javax.xml.stream.XMLStreamException;

/** A record holds what {@link PlainCursor} does not read, right or wrong. Carries nothing. */
final class NotPlainException extends XMLStreamException {
  private static final long serialVersionUID = 1L;

  static final NotPlainException INSTANCE = new NotPlainException();

  private NotPlainException() {
    super("more than plain XML");
  }

  /** One instance serves all: a trace would name the first that was thrown. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
