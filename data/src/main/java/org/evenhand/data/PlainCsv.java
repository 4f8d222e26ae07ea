package org.evenhand.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Table;

/**
 * Reads large CSV files without quotes, in parts of whole lines that are read at the same time. It
 * gives the table that one pass gives, or nothing: whatever it does not read, such as a quote or an
 * error, is left to that pass, which alone words the errors.
 *
 * @param file is neither compressed nor changed meanwhile
 * @param options which columns, and of what type
 * @param separator between cells
 * @param blockSize bytes read at a time; a longer line is left to one pass
 */
record PlainCsv(Path file, TableOptions options, char separator, int blockSize) {
  /** Files from here on are worth the threads. */
  static final long LARGE = 1 << 20;

  static final int BLOCK_SIZE = 1 << 18;

  /** A file that only one pass can read. */
  private static final class NotPlainException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * The table, or empty if only one pass can tell.
   *
   * @param start the file's first bytes
   * @param skipped bytes before them: a byte-order mark
   * @param parts how many are read at the same time
   */
  Optional<Table> read(byte[] start, int skipped, int parts) throws IOException {
    int headerLength = endOfLine(start, 0, start.length);
    if (headerLength == 0) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      List<String> header = header(start, headerLength);
      long[] bounds = bounds(channel, (long) skipped + headerLength, parts);
      List<LoadedCells> cells =
          IntStream.range(0, parts)
              .parallel()
              .mapToObj(part -> part(channel, header, bounds[part], bounds[part + 1]))
              .toList();
      return LoadedCells.joined(cells);
    } catch (NotPlainException | DataException e) {
      return Optional.empty();
    }
  }

  /** Where the first line ends, behind its line feed; 0 if it does not end. */
  private static int endOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private List<String> header(byte[] start, int length) {
    char[] line = new char[length];
    int end = withoutLineEnd(line, decode(start, length, line));
    List<String> names = new ArrayList<>();
    int cell = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || line[i] == separator) {
        names.add(new String(line, cell, i - cell).strip());
        cell = i + 1;
      } else if (line[i] == '"' || line[i] == '\r') {
        throw new NotPlainException();
      }
    }
    if (end == 0) {
      throw new NotPlainException();
    }
    return names;
  }

  private static int withoutLineEnd(char[] line, int length) {
    return length > 1 && line[length - 2] == '\r' ? length - 2 : length - 1;
  }

  /** Offsets into the file, each but the last behind a line feed. */
  private long[] bounds(FileChannel channel, long from, int parts) throws IOException {
    long size = channel.size();
    long[] bounds = new long[parts + 1];
    Arrays.fill(bounds, size);
    bounds[0] = from;
    byte[] block = new byte[blockSize];
    for (int part = 1; part < parts; part++) {
      long guess = Math.max(bounds[part - 1], from + part * ((size - from) / parts));
      int read = fill(channel, guess, block, 0, block.length);
      int length = endOfLine(block, 0, read);
      if (length == 0 && guess + read < size) {
        throw new NotPlainException();
      }
      bounds[part] = length == 0 ? size : guess + length;
    }
    return bounds;
  }

  private LoadedCells part(FileChannel channel, List<String> header, long from, long to) {
    LoadedCells cells = new LoadedCells(file.toString(), options, header);
    byte[] block = new byte[blockSize];
    char[] characters = new char[blockSize + 1];
    int kept = 0;
    long at = from;
    while (at < to) {
      int read = fill(channel, at, block, kept, (int) Math.min(blockSize - kept, to - at));
      at += read;
      int available = kept + read;
      int whole = at < to ? lastLineFeed(block, available) + 1 : available;
      if (read == 0 || whole == 0) {
        throw new NotPlainException();
      }
      int length = decode(block, whole, characters);
      if (characters[length - 1] != '\n') {
        characters[length++] = '\n';
      }
      scan(characters, length, cells);
      kept = available - whole;
      System.arraycopy(block, whole, block, 0, kept);
    }
    return cells;
  }

  private static int lastLineFeed(byte[] block, int length) {
    int last = length - 1;
    while (last >= 0 && block[last] != '\n') {
      last--;
    }
    return last;
  }

  private static int fill(FileChannel channel, long at, byte[] block, int offset, int length) {
    ByteBuffer target = ByteBuffer.wrap(block, offset, length);
    try {
      while (target.hasRemaining() && channel.read(target, at + target.position() - offset) >= 0) {}
    } catch (IOException e) {
      throw new NotPlainException();
    }
    return target.position() - offset;
  }

  /** The number of characters. */
  private static int decode(byte[] bytes, int length, char[] characters) {
    int plain = 0;
    while (plain < length && bytes[plain] >= 0) {
      characters[plain] = (char) bytes[plain++];
    }
    if (plain == length) {
      return length;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer target = CharBuffer.wrap(characters);
    if (decoder.decode(ByteBuffer.wrap(bytes, 0, length), target, true).isError()) {
      throw new NotPlainException();
    }
    return target.position();
  }

  /** Takes whole lines, the last of which ends with a line feed too. */
  private void scan(char[] text, int length, LoadedCells cells) {
    int cell = 0;
    int field = 0;
    for (int i = 0; i < length; i++) {
      char c = text[i];
      if (c == separator) {
        cells.add(field++, text, cell, i - cell, 0);
        cell = i + 1;
      } else if (c == '\n') {
        int end = i > cell && text[i - 1] == '\r' ? i - 1 : i;
        if (field > 0 || end > cell) {
          cells.add(field, text, cell, end - cell, 0);
          cells.endRow(field + 1, 0);
        }
        field = 0;
        cell = i + 1;
      } else if (c == '"' || (c == '\r' && text[i + 1] != '\n')) {
        throw new NotPlainException();
      }
    }
  }
}
