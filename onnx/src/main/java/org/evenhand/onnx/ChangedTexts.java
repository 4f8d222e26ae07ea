package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Texts in a table that a model gets as other texts. The Java binding of ONNX Runtime passes texts
 * in Java's modified UTF-8, which spells characters beyond U+FFFF, and U+0000, unlike the UTF-8 of
 * the categories in the file: they never match (measured with version 1.29.0).
 *
 * @param column the column's name
 * @param rows how many rows hold such a text
 * @param examples up to three of the texts, in order of first appearance
 */
record ChangedTexts(String column, int rows, List<String> examples) {
  ChangedTexts {
    examples = List.copyOf(examples);
  }

  /** Those in the columns that a model reads as text. */
  static List<ChangedTexts> in(Table table, ModelInputs inputs) {
    List<ChangedTexts> changed = new ArrayList<>();
    for (GraphInput input : inputs.inputs()) {
      if (input.type() == ElementType.STRING) {
        for (String name : input.columns()) {
          table
              .find(name)
              .map(column -> in((TextColumn) column, name))
              .filter(found -> found.rows() > 0)
              .ifPresent(changed::add);
        }
      }
    }
    return changed;
  }

  private static ChangedTexts in(TextColumn column, String name) {
    // Each text is looked at once, however many rows hold it.
    BitSet changed = new BitSet();
    for (int code = 0; code < column.dictionary().size(); code++) {
      changed.set(code, isChanged(column.dictionary().get(code)));
    }
    Set<String> examples = new LinkedHashSet<>();
    int rows = 0;
    for (int code : column.codes()) {
      if (changed.get(code)) {
        rows++;
        if (examples.size() < 3) {
          examples.add(column.dictionary().get(code));
        }
      }
    }
    return new ChangedTexts(name, rows, List.copyOf(examples));
  }

  private static boolean isChanged(String text) {
    return text.chars().anyMatch(unit -> unit == 0 || Character.isSurrogate((char) unit));
  }

  /** One sentence for the user. */
  String message() {
    return "Column '%s' holds characters beyond U+FFFF, or U+0000, in %d row%s: '%s'. ONNX Runtime's Java binding changes them, so that no category of the model is met."
        .formatted(column, rows, rows == 1 ? "" : "s", String.join("', '", examples));
  }
}
