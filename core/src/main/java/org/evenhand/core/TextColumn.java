package org.evenhand.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of text, dictionary-coded. A missing value is the empty text.
 *
 * @param name the column's name
 * @param dictionary the distinct texts
 * @param codes one index into the dictionary a row
 */
public record TextColumn(String name, List<String> dictionary, int[] codes) implements Column {
  /** Copies the dictionary. */
  public TextColumn {
    dictionary = List.copyOf(dictionary);
  }

  /**
   * A column of the given texts; the dictionary lists them in order of first appearance.
   *
   * @param name the column's name
   * @param values one text a row
   */
  public static TextColumn of(String name, List<String> values) {
    Map<String, Integer> codeOf = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    int[] codes = new int[values.size()];
    for (int i = 0; i < codes.length; i++) {
      String value = values.get(i);
      Integer code = codeOf.get(value);
      if (code == null) {
        code = dictionary.size();
        codeOf.put(value, code);
        dictionary.add(value);
      }
      codes[i] = code;
    }
    return new TextColumn(name, dictionary, codes);
  }

  /**
   * The text of one row.
   *
   * @param row in {@code [0, rows())}
   */
  public String value(int row) {
    return dictionary.get(codes[row]);
  }

  @Override
  public int rows() {
    return codes.length;
  }

  @Override
  public TextColumn select(int[] rows) {
    return new TextColumn(name, dictionary, Codes.select(codes, rows));
  }
}
