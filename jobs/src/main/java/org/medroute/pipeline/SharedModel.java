package org.medroute.pipeline;

import java.io.Serializable;
import org.medroute.compiled.CompiledScorer;

/** A model that travels as the bytes of its file, and is read once where it arrives. */
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String version;
  private final byte[] bytes;
  private transient volatile CompiledModel model;

  SharedModel(CompiledModel model) {
    this.version = model.version();
    this.bytes = model.scorer().toBytes();
    this.model = model;
  }

  CompiledModel model() {
    CompiledModel ready = model;
    if (ready == null) {
      synchronized (this) {
        ready = model;
        if (ready == null) {
          ready = CompiledModel.of(CompiledScorer.read(bytes, version));
          model = ready;
        }
      }
    }
    return ready;
  }
}
