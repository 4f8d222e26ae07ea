package org.evenhand.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBReadableVector;
import org.evenhand.core.TextColumn;

/** Gathers texts as codes; NULL becomes the empty text. */
final class TextReader implements ColumnReader {
  /** The code of a row of a chunk. */
  private interface Coder {
    int code(DuckDBReadableVector chunk, long row);
  }

  private final String name;
  private final String expression;
  private final List<String> dictionary;
  private final Coder coder;
  private int[] codes = new int[1024];
  private int rows;

  private TextReader(String name, String expression, List<String> dictionary, Coder coder) {
    this.name = name;
    this.expression = expression;
    this.dictionary = dictionary;
    this.coder = coder;
  }

  /** Reads a VARCHAR from every row, which suits results of few rows. */
  static TextReader ofTexts(String name, String expression) {
    List<String> dictionary = new ArrayList<>();
    Map<String, Integer> codeOf = new HashMap<>();
    return new TextReader(
        name,
        expression,
        dictionary,
        (chunk, row) -> {
          String text = chunk.isNull(row) ? "" : chunk.getString(row);
          Integer code = codeOf.putIfAbsent(text, dictionary.size());
          if (code == null) {
            dictionary.add(text);
            return dictionary.size() - 1;
          }
          return code;
        });
  }

  /**
   * Reads the distinct texts of a column first and then a code from every row: each text crosses
   * into Java once and not once a row, which takes a tenth of the time.
   *
   * @param type a name for the ENUM that DuckDB codes them by; distinct for every column
   */
  static TextReader ofCodes(ParquetData data, ParquetColumn column, String type) {
    String text = column.asText();
    data.execute(
        "CREATE TYPE %s AS ENUM (SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1)"
            .formatted(type, text, data.source(), text));
    List<String> dictionary = new ArrayList<>(texts(data, type));
    int missing = dictionary.contains("") ? dictionary.indexOf("") : dictionary.size();
    if (missing == dictionary.size()) {
      dictionary.add("");
    }
    return new TextReader(
        column.name(),
        "CAST(enum_code(CAST(%s AS %s)) AS INTEGER)".formatted(text, type),
        dictionary,
        (chunk, row) -> chunk.getInt(row, missing));
  }

  /** The texts of an ENUM in the order of their codes. */
  private static List<String> texts(ParquetData data, String type) {
    TextReader texts = ofTexts(type, "unnest(enum_range(CAST(NULL AS %s)))".formatted(type));
    data.query("SELECT " + texts.expression, chunk -> texts.add(chunk.vector(0)));
    return texts.dictionary;
  }

  @Override
  public String expression() {
    return expression;
  }

  @Override
  public void add(DuckDBReadableVector chunk) {
    int size = (int) chunk.rowCount();
    if (rows + size > codes.length) {
      codes = Arrays.copyOf(codes, Math.max(2 * rows, rows + size));
    }
    for (int row = 0; row < size; row++) {
      codes[rows++] = coder.code(chunk, row);
    }
  }

  @Override
  public TextColumn column() {
    return new TextColumn(name, dictionary, Arrays.copyOf(codes, rows));
  }
}
