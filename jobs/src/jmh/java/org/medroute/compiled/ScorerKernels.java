package org.medroute.compiled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.HashScanner;
import org.medroute.text.HashSink;
import org.medroute.text.TermHash;
import org.medroute.text.TokenSink;
import org.openjdk.jmh.annotations.Benchmark;

/** Steps of the compiled scorer, each over the next of many real texts: microseconds a document. */
public class ScorerKernels extends TextKernels {
  private static final int EVIDENCE_TERMS = 5;
  private static final int BUCKETS = 1 << 18;

  private final List<DocumentFeatures> documents = new ArrayList<>();
  private BiomedicalTokenizer tokenizer;
  private HashScanner scanner;
  private TermFeatures.Reader reader;
  private Head.Evaluator head;
  private TextScorer whole;
  private double[] probabilities;
  private long sum;
  private final TokenSink buckets =
      (letters, length) -> sum += TermHash.bucket(letters, length, BUCKETS);
  private final HashSink hashes =
      (found, count) -> {
        for (int term = 0; term < count; term++) {
          sum += found[term];
        }
      };

  @Override
  protected void load() throws IOException {
    Path model = Path.of(System.getProperty("medroute.model"), "compiled", "scorer.bin");
    CompiledScorer scorer = CompiledScorer.read(model);
    TermFeatures features = scorer.features().orElseThrow();
    tokenizer = new BiomedicalTokenizer(features.options());
    scanner = new HashScanner(features.options());
    reader = features.reader(Optional.empty());
    whole = scorer.textScorer();
    head =
        scorer
            .head()
            .orElseThrow(
                () -> new IllegalArgumentException("The model has neither forest nor other head"))
            .evaluator();
    probabilities = new double[scorer.description().classes().size()];
    for (String text : texts()) {
      DocumentFeatures read = reader.read(text, Optional.empty());
      DocumentFeatures copy = new DocumentFeatures(read.size);
      System.arraycopy(read.indices, 0, copy.indices, 0, read.size);
      System.arraycopy(read.values, 0, copy.values, 0, read.size);
      copy.size = read.size;
      documents.add(copy);
    }
  }

  /** Tokens and buckets as training reads them. */
  @Benchmark
  public long tokenise() {
    tokenizer.tokenize(text(), buckets);
    return sum;
  }

  /** Tokens and hashes as scoring reads them. */
  @Benchmark
  public long scanAndHash() {
    scanner.scan(text(), hashes);
    return sum;
  }

  /** Text to selected, weighed features. */
  @Benchmark
  public int selectFeatures() {
    return reader.read(text(), Optional.empty()).size;
  }

  /** The forest, or what stands in its place, on features that are there. */
  @Benchmark
  public double[] forest() {
    head.probabilities(documents.get(advance()), probabilities);
    return probabilities;
  }

  @Benchmark
  public double[] textToProbabilities() {
    whole.probabilities(text(), probabilities);
    return probabilities;
  }

  /** With the terms that moved the first class most. */
  @Benchmark
  public List<Evidence> textToProbabilitiesAndEvidence() {
    whole.probabilities(text(), probabilities);
    return whole.evidence(0, EVIDENCE_TERMS);
  }
}
