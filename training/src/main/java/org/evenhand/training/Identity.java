package org.evenhand.training;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All that a trained network depends on, as bytes. */
final class Identity {
  /** Images that stand for all: reading every one would take as long as an epoch. */
  private static final int SAMPLE = 8;

  private Identity() {}

  /**
   * @param what is trained, in words
   */
  static byte[] of(
      String what, TrainingSettings settings, Images images, Examples examples, long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(what);
      out.writeUTF(settings.identity());
      out.writeLong(seed);
      out.writeUTF(images.column().name() + images.column().shape());
      write(examples.labels(), out);
      write(examples.weights(), out);
      int rows = images.column().rows();
      for (int i = 0; i < Math.min(SAMPLE, rows); i++) {
        write(images.read(new int[] {(int) ((long) rows * i / SAMPLE)}), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }
}
