package org.medroute.medline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.medroute.compiled.Timed;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A PubMed file in memory to citations: files a second, and citations a second beside it. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ParseKernel extends Timed {
  private byte[] stored;
  private String name;

  /** Counted while a file is read. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {
    public long citations;
  }

  @Setup
  public void load() throws IOException {
    Path file = Path.of(System.getProperty("medroute.xml"));
    stored = Files.readAllBytes(file);
    name = file.getFileName().toString();
  }

  @Benchmark
  public long parse(Read read) throws IOException {
    long citations = MedlineReader.countCitations(stored, name, ReadLimits.defaults());
    read.citations += citations;
    return citations;
  }
}
