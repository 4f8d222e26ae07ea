package org.evenhand.data;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.TextColumn;

/**
 * Cells kept as they are written, dictionary-coded. A hash table over the parser's own characters,
 * so that a text becomes a String once and not once a row.
 */
final class TextCells implements Cells {
  /** Another one in each process, so that no file can be made whose texts all collide. */
  private static final int SEED = new SecureRandom().nextInt();

  private final String file;
  private final String name;
  private final List<String> dictionary = new ArrayList<>();
  private int[] hashes = new int[32];
  // Codes plus one; zero is a free slot. At most half full.
  private int[] slots = new int[64];
  private int[] codes = new int[1024];
  private int rows;

  /** A column whose first rows were empty. */
  TextCells(String file, String name, int emptyRows) {
    this.file = file;
    this.name = name;
    for (int row = 0; row < emptyRows; row++) {
      add(new char[0], 0, 0, 0);
    }
  }

  @Override
  public boolean add(char[] buffer, int offset, int length, long line) {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, 2 * rows);
    }
    codes[rows++] = code(buffer, offset, length, line);
    return true;
  }

  private int code(char[] buffer, int offset, int length, long line) {
    int hash = hash(buffer, offset, length);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (hashes[code] == hash && isText(dictionary.get(code), buffer, offset, length)) {
        return code;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return learn(new String(buffer, offset, length), hash, slot, line);
  }

  private int learn(String text, int hash, int slot, long line) {
    if (text.indexOf('\0') >= 0) {
      throw new DataException(
          "%s, line %d, column '%s': the cell holds a NUL byte; the file is damaged or is not text."
              .formatted(file, line, name));
    }
    int code = dictionary.size();
    dictionary.add(text);
    slots[slot] = code + 1;
    if (code == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * code);
    }
    hashes[code] = hash;
    if (2 * dictionary.size() > slots.length) {
      grow();
    }
    return code;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int code = 0; code < dictionary.size(); code++) {
      int slot = hashes[code] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = code + 1;
    }
  }

  static int hash(char[] buffer, int offset, int length) {
    int hash = SEED;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ buffer[i]) * 0x9E3779B1;
      // Not a polynomial, of which texts are known that collide whatever its seed.
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private static boolean isText(String text, char[] buffer, int offset, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != buffer[offset + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mixed() {
    return false;
  }

  @Override
  public TextColumn column() {
    return new TextColumn(name, dictionary, Arrays.copyOf(codes, rows));
  }

  @Override
  public Optional<TextColumn> joined(List<Cells> parts) {
    int total = 0;
    for (Cells part : parts) {
      if (!(part instanceof TextCells texts)) {
        return Optional.empty();
      }
      total += texts.rows;
    }
    // Parts are in the file's order, so texts stay in the order of their first appearance.
    Map<String, Integer> codeOf = new HashMap<>();
    List<String> all = new ArrayList<>();
    int[] joined = new int[total];
    int at = 0;
    for (Cells part : parts) {
      TextCells texts = (TextCells) part;
      int[] recoded = new int[texts.dictionary.size()];
      for (int code = 0; code < recoded.length; code++) {
        String text = texts.dictionary.get(code);
        Integer known = codeOf.putIfAbsent(text, all.size());
        recoded[code] = known == null ? all.size() : known;
        if (known == null) {
          all.add(text);
        }
      }
      for (int row = 0; row < texts.rows; row++) {
        joined[at++] = recoded[texts.codes[row]];
      }
    }
    return Optional.of(new TextColumn(name, all, joined));
  }
}
