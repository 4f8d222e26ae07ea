package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Writes values, given as text, into some rows of a column. */
final class ColumnEdit {
  private final Column column;
  private final List<String> values;
  private final int[] choices;

  /**
   * @param column what to edit
   * @param values may be written; numbers if the column is numeric
   */
  ColumnEdit(Column column, List<String> values) {
    this.column = column;
    this.values = values;
    this.choices = new int[column.rows()];
    Arrays.fill(choices, Categories.MISSING);
  }

  /** Writes a value, by its index, into a row. */
  void write(int row, int value) {
    choices[row] = value;
  }

  /** Writes what a link says into the rows that it is about. */
  void apply(LinkedColumns.Link link, Attribute before, Attribute after) {
    Categories present = Categories.of(column);
    int flipFrom = Categories.indexOf(before.values(), link.flipFrom());
    int flipTo = Categories.indexOf(after.values(), link.flipTo());
    int from = Categories.indexOf(present.values(), link.from());
    int to = values.indexOf(link.to());
    for (int row = 0; row < choices.length; row++) {
      // A value that no row here has is not in `present`, and must not match missing cells.
      if (from != Categories.MISSING
          && present.codes()[row] == from
          && before.codes()[row] == flipFrom
          && after.codes()[row] == flipTo) {
        write(row, to);
      }
    }
  }

  Column result() {
    return column instanceof TextColumn text ? text(text) : numeric((NumericColumn) column);
  }

  private TextColumn text(TextColumn text) {
    List<String> dictionary = new ArrayList<>(text.dictionary());
    int[] word = new int[values.size()];
    for (int value = 0; value < word.length; value++) {
      word[value] = dictionary.indexOf(values.get(value));
      if (word[value] < 0) {
        word[value] = dictionary.size();
        dictionary.add(values.get(value));
      }
    }
    int[] codes = text.codes().clone();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = choices[row] < 0 ? codes[row] : word[choices[row]];
    }
    return new TextColumn(text.name(), dictionary, codes);
  }

  private NumericColumn numeric(NumericColumn numeric) {
    double[] numbers = values.stream().mapToDouble(Categories::parsed).toArray();
    double[] edited = numeric.values().clone();
    for (int row = 0; row < edited.length; row++) {
      edited[row] = choices[row] < 0 ? edited[row] : numbers[choices[row]];
    }
    return new NumericColumn(numeric.name(), edited);
  }

  /** The table with edited columns in the place of those of the same name. */
  static Table in(Table table, Map<String, ColumnEdit> edits) {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      ColumnEdit edit = edits.get(column.name());
      columns.add(edit == null ? column : edit.result());
    }
    return Table.of(columns);
  }
}
