package org.evenhand.unlearning;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * MNIST's ones (class 0) and sevens (class 1), as 7 × 7 mean intensities, the brightness of a mark
 * in the corner and a constant. In training the mark is on nine of ten sevens and one of ten ones.
 */
final class MarkedDigits {
  static final HeadShape SHAPE = new HeadShape(2, 1, 51);

  private static final int SIDE = 28;
  private static final int CELL = 4;
  private static final int CELLS = SIDE / CELL;
  private static final int MARK = CELLS * CELLS;

  private MarkedDigits() {}

  static HeadRows training(int count) {
    HeadRows digits = read(0, count);
    Random random = new Random(1);
    double[] features = digits.features().clone();
    for (int row = 0; row < count; row++) {
      boolean marked = random.nextDouble() < (digits.targets()[row] == 1 ? 0.9 : 0.1);
      features[row * SHAPE.width() + MARK] = marked ? 1 : 0;
    }
    return new HeadRows(SHAPE.width(), features, digits.targets(), digits.weights());
  }

  /** Every digit without the mark and with it. */
  static PairRows pairs(int from, int count) {
    HeadRows bare = read(from, count);
    double[] features = bare.features().clone();
    for (int row = 0; row < count; row++) {
      features[row * SHAPE.width() + MARK] = 1;
    }
    int[] marked = new int[count];
    Arrays.fill(marked, 1);
    HeadRows with = new HeadRows(SHAPE.width(), features, bare.targets(), bare.weights());
    return new PairRows(bare, with, new int[count], marked);
  }

  /** Unmarked ones and sevens, in the order of the file. */
  private static HeadRows read(int skipped, int count) {
    int width = SHAPE.width();
    double[] features = new double[count * width];
    int[] targets = new int[count];
    try (DataInputStream images = open("mnist/train-images-idx3-ubyte.gz", 16);
        DataInputStream labels = open("mnist/train-labels-idx1-ubyte.gz", 8)) {
      byte[] pixels = new byte[SIDE * SIDE];
      for (int row = -skipped; row < count; ) {
        images.readFully(pixels);
        int digit = labels.readUnsignedByte();
        if (digit == 1 || digit == 7) {
          if (row >= 0) {
            targets[row] = digit == 7 ? 1 : 0;
            pool(pixels, features, row * width);
            features[row * width + width - 1] = 1;
          }
          row++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return new HeadRows(width, features, targets, weights);
  }

  private static void pool(byte[] pixels, double[] features, int at) {
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      int cell = pixel / SIDE / CELL * CELLS + pixel % SIDE / CELL;
      features[at + cell] += (pixels[pixel] & 0xff) / 255.0 / (CELL * CELL);
    }
  }

  private static DataInputStream open(String path, int header) throws IOException {
    Path file = RealData.file(path);
    DataInputStream stream =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
    stream.readFully(new byte[header]);
    return stream;
  }
}
