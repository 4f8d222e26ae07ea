package org.evenhand.onnx;

import java.util.List;

/**
 * Texts in a table that the model's own encoder does not know. The model answers such rows all the
 * same, without having learned anything about them.
 *
 * @param column the column's name
 * @param rows how many rows hold such a text
 * @param examples up to three of the texts, in order of first appearance
 */
public record UnknownCategories(String column, int rows, List<String> examples) {
  /** Copies the examples. */
  public UnknownCategories {
    examples = List.copyOf(examples);
  }

  /** One sentence for the user. */
  public String message() {
    return "Column '%s' holds categories that the model's encoder does not know, in %d row%s: '%s'."
        .formatted(column, rows, rows == 1 ? "" : "s", String.join("', '", examples));
  }
}
