package org.evenhand.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A text file, unpacked if it is a {@code .gz}.
 *
 * @param start its first bytes, without a byte-order mark
 * @param skipped the bytes of the byte-order mark
 * @param rest the bytes after them
 * @param packed whether it is compressed
 */
record CsvInput(byte[] start, int skipped, InputStream rest, boolean packed)
    implements AutoCloseable {
  private static final int START = 1 << 16;
  private static final char[] SEPARATORS = {',', ';', '\t'};

  /**
   * @throws DataException if there is no such file, or its first bytes are not those of UTF-8 text
   */
  static CsvInput open(Path file) throws IOException {
    requireRegularFile(file);
    InputStream bytes = Files.newInputStream(file);
    try {
      boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
      InputStream unpacked = packed ? unpack(file, bytes) : bytes;
      byte[] all = unpacked.readNBytes(START);
      byte[] start = withoutByteOrderMark(file, all);
      return new CsvInput(start, all.length - start.length, unpacked, packed);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static void requireRegularFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s is a directory; name a single CSV file, or add the module evenhand-parquet to the class path, which reads folders of Parquet files."
              .formatted(file));
    }
    if (!Files.exists(file)) {
      throw new DataException("There is no file %s.".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "%s is not a regular file, and a table may have to be read twice; save it to a file first."
              .formatted(file));
    }
  }

  private static InputStream unpack(Path file, InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(packed, START);
    } catch (ZipException | EOFException e) {
      throw new DataException(
          "%s is named .gz but is not gzip-compressed; rename it or compress it.".formatted(file),
          e);
    }
  }

  private static byte[] withoutByteOrderMark(Path file, byte[] start) {
    if (startsWith(start, 0x1f, 0x8b)) {
      throw new DataException(
          "%s is gzip-compressed; give it a name that ends in .gz.".formatted(file));
    }
    if (startsWith(start, 0xfe, 0xff) || startsWith(start, 0xff, 0xfe)) {
      throw new DataException("%s is UTF-16 text; save it as UTF-8.".formatted(file));
    }
    for (byte b : start) {
      if (b == 0) {
        throw new DataException(
            "%s holds NUL bytes: it is damaged, or no table but perhaps a model.".formatted(file));
      }
    }
    return startsWith(start, 0xef, 0xbb, 0xbf) ? Arrays.copyOfRange(start, 3, start.length) : start;
  }

  private static boolean startsWith(byte[] start, int... expected) {
    if (start.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((start[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The separator that is the most frequent in the first line outside quotes, else a comma. */
  char guessSeparator() {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    for (byte b : start) {
      if (b == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        if (b == '\n' || b == '\r') {
          break;
        }
        for (int i = 0; i < SEPARATORS.length; i++) {
          counts[i] += b == SEPARATORS[i] ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return SEPARATORS[best];
  }

  /** The whole text; bytes that are not UTF-8 are an error, not a replacement character. */
  Reader characters() {
    return new InputStreamReader(
        new SequenceInputStream(new ByteArrayInputStream(start), rest),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
