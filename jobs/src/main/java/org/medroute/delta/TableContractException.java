package org.medroute.delta;

/**
 * A table is missing or its columns are not those that the reader was written for. Nothing has been
 * written when it is thrown.
 */
public final class TableContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TableContractException(String message) {
    super(message);
  }

  public TableContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
