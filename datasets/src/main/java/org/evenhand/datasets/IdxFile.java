package org.evenhand.datasets;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.evenhand.data.DataException;

/** Files in which MNIST comes: a header of big-endian sizes, then one byte per value. */
final class IdxFile {
  private static final int BYTES = 0x08;

  private IdxFile() {}

  /**
   * Reads a file, unpacked if it is a {@code .gz}.
   *
   * @param file an idx file of bytes
   * @param shape of one entry, such as 28, 28; nothing for labels
   * @return entries × the shape, row-major
   * @throws DataException if it cannot be read or holds something else
   */
  static byte[] read(Path file, int... shape) {
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes)) {
      // The kind of values, then the number of dimensions.
      boolean fits = in.readInt() == ((BYTES << 8) | (shape.length + 1));
      int entries = in.readInt();
      int size = 1;
      for (int i = 0; fits && i < shape.length; i++) {
        size *= shape[i];
        fits = in.readInt() == shape[i];
      }
      if (!fits) {
        throw new DataException(
            "%s is not an idx file of bytes with entries of shape %s."
                .formatted(file, Arrays.toString(shape)));
      }
      byte[] values = in.readNBytes(Math.multiplyExact(entries, size));
      if (values.length < entries * size) {
        throw new EOFException("it ends early");
      }
      return values;
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read (%s); copy it again.".formatted(file, e.getMessage()), e);
    }
  }
}
