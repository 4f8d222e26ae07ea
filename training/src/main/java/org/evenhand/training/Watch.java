package org.evenhand.training;

import java.util.Locale;
import org.evenhand.core.Progress;

/** Tells how far a training has come, and how fast. */
final class Watch {
  private final String task;
  private final int epochs;
  private final int stepsPerEpoch;
  private final Progress progress;

  private int epoch;
  private int step;
  private long images;
  private long since;

  Watch(String task, int epochs, int stepsPerEpoch, Progress progress) {
    this.task = task;
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.progress = progress;
  }

  void begin(int nextEpoch) {
    epoch = nextEpoch;
    step = 0;
    images = 0;
    since = System.nanoTime();
  }

  void step(int batch) {
    step++;
    images += batch;
    double seconds = Math.max(1, System.nanoTime() - since) * 1e-9;
    progress.step(
        String.format(
            Locale.ROOT,
            "%s, epoch %d of at most %d, %,.0f images/s",
            task,
            epoch + 1,
            epochs,
            images / seconds),
        (long) epoch * stepsPerEpoch + step,
        (long) epochs * stepsPerEpoch);
  }
}
