package org.evenhand.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.evenhand.data.DataException;

/**
 * MNIST's digits as they are published.
 *
 * @param images digits × 28 × 28, row-major, each a byte without sign
 * @param labels of the digits, each in [0,10)
 */
record MnistDigits(byte[] images, int[] labels) {
  static final int CLASSES = 10;
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;

  /** The 60,000 training digits in a folder of MNIST's four files, with or without .gz. */
  static MnistDigits training(Path folder) {
    return read(folder, "train");
  }

  /** The 10,000 test digits. */
  static MnistDigits test(Path folder) {
    return read(folder, "t10k");
  }

  private static MnistDigits read(Path folder, String part) {
    int[] labels = labels(folder, part);
    Path file = file(folder, part + "-images-idx3-ubyte");
    byte[] images = IdxFile.read(file, SIDE, SIDE);
    if (images.length != labels.length * PIXELS) {
      throw new DataException(
          "%s holds %d digits, but there are %d labels."
              .formatted(file, images.length / PIXELS, labels.length));
    }
    return new MnistDigits(images, labels);
  }

  private static int[] labels(Path folder, String part) {
    Path file = file(folder, part + "-labels-idx1-ubyte");
    byte[] bytes = IdxFile.read(file);
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i];
      if (labels[i] < 0 || labels[i] >= CLASSES) {
        throw new DataException(
            "%s: label %d is %d, which is no digit.".formatted(file, i, bytes[i] & 0xff));
      }
    }
    return labels;
  }

  private static Path file(Path folder, String name) {
    Path packed = folder.resolve(name + ".gz");
    Path plain = folder.resolve(name);
    if (!Files.exists(packed) && !Files.exists(plain)) {
      throw new DataException("There is no file %s or %s.".formatted(packed, plain));
    }
    return Files.exists(packed) ? packed : plain;
  }

  int count() {
    return labels.length;
  }

  int label(int digit) {
    return labels[digit];
  }

  /** A pixel's grey value, 0 for black to 255. */
  int grey(int digit, int pixel) {
    return images[digit * PIXELS + pixel] & 0xff;
  }
}
