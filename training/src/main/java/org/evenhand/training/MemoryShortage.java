package org.evenhand.training;

import java.util.Locale;

/** Says in words that there was too little memory. */
final class MemoryShortage {
  private MemoryShortage() {}

  /**
   * One sentence, if memory is what was missing; else the failure itself.
   *
   * @param failure of Java, of JavaCPP, of libtorch or of CUDA
   */
  static RuntimeException explain(Throwable failure, TrainingSettings settings) {
    if (isOne(failure)) {
      return new TrainingException(
          "There is too little memory to train a %s on batches of %d images; take smaller batches, smaller images or a narrower backbone, or give Java and the machine more memory."
              .formatted(settings.backbone().name(), settings.batchSize()),
          failure);
    }
    if (failure instanceof RuntimeException other) {
      return other;
    }
    throw (Error) failure;
  }

  private static boolean isOne(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof OutOfMemoryError
        || message.contains("bad_alloc")
        || message.contains("can't allocate memory")
        || message.contains("out of memory");
  }
}
