package org.medroute.feature;

import org.medroute.linear.DocumentTerms;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.TokenOptions;
import org.medroute.text.TokenSink;

/** The terms of one text after another as the features are made of them; for one thread. */
final class DocumentTokens {
  private final BiomedicalTokenizer tokenizer;
  private final DocumentTerms.Reader further;

  DocumentTokens(TokenOptions options, DocumentTerms terms) {
    this.tokenizer = new BiomedicalTokenizer(options);
    this.further = terms.reader(options);
  }

  /** Gives words and pairs in the order of the text, then its further terms. */
  void tokenize(String text, TokenSink sink) {
    tokenizer.tokenize(text, sink);
    further.read(text, sink);
  }
}
