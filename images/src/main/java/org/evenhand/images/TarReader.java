package org.evenhand.images;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The regular files of a tar archive in the ustar, GNU or pax format, one after the other. Nothing
 * but names and sizes is read of the headers: images need no owner and no date.
 */
final class TarReader {
  private static final int BLOCK = 512;

  private final InputStream in;
  private long size;
  private long unread;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** Goes on to the next regular file, whatever was read of the last, and names it. */
  Optional<String> next() throws IOException {
    Map<String, String> records = new HashMap<>();
    while (true) {
      skip();
      byte[] header = in.readNBytes(BLOCK);
      if (isEnd(header)) {
        return Optional.empty();
      }
      requireChecksum(header);
      size =
          records.containsKey("size")
              ? Long.parseLong(records.get("size"))
              : number(header, 124, 12);
      unread = (size + BLOCK - 1) / BLOCK * BLOCK;
      switch (header[156]) {
        case 'L' -> records.put("path", text(content(), 0, (int) size));
        case 'x' -> addRecords(content(), records);
        case '0', 0 -> {
          return Optional.of(records.getOrDefault("path", name(header)));
        }
        // What is said of all files, and of the next one's link, names no file.
        case 'g', 'K' -> {}
        default -> records.clear();
      }
    }
  }

  /** The size of the file that {@link #next} named, in bytes. */
  long size() {
    return size;
  }

  /** The bytes of the file that {@link #next} named. */
  byte[] content() throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(size));
    unread -= bytes.length;
    if (bytes.length < size) {
      throw endsEarly();
    }
    return bytes;
  }

  private void skip() throws IOException {
    try {
      in.skipNBytes(unread);
      unread = 0;
    } catch (EOFException e) {
      throw endsEarly();
    }
  }

  private static EOFException endsEarly() {
    return new EOFException("the archive ends inside a file");
  }

  private static boolean isEnd(byte[] header) throws IOException {
    if (header.length > 0 && header.length < BLOCK) {
      throw new EOFException("the archive ends inside a header");
    }
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void requireChecksum(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("a header's checksum is wrong");
    }
  }

  /** Octal digits; or, where they do not suffice, a binary number marked by its highest bit. */
  private static long number(byte[] header, int offset, int length) throws IOException {
    long number = 0;
    if (header[offset] < 0) {
      for (int i = offset + 1; i < offset + length; i++) {
        number = (number << 8) | (header[i] & 0xff);
      }
      return number;
    }
    String digits = text(header, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a header has something else where numbers belong", e);
    }
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    // GNU's own format has dates where ustar has a prefix.
    boolean ustar = text(header, 257, 6).equals("ustar");
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Up to the first zero byte. */
  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }

  /** Records such as {@code 17 path=faces/1.jpg\n}, which begin with their own length. */
  private static void addRecords(byte[] bytes, Map<String, String> records) throws IOException {
    int at = 0;
    while (at < bytes.length) {
      int digits = at;
      int length = 0;
      while (digits < bytes.length && bytes[digits] != ' ') {
        length = 10 * length + bytes[digits++] - '0';
      }
      if (length <= digits - at || at + length > bytes.length) {
        throw new IOException("a pax record has no valid length");
      }
      String record =
          new String(bytes, digits + 1, at + length - digits - 2, StandardCharsets.UTF_8);
      String[] parts = record.split("=", 2);
      records.put(parts[0], parts.length == 2 ? parts[1] : "");
      at += length;
    }
  }
}
