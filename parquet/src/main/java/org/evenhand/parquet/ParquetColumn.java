package org.evenhand.parquet;

import java.util.Set;

/**
 * A column of a file, and how SQL turns it into a number or a text.
 *
 * @param name as in the file
 * @param type as DuckDB names it, such as {@code DECIMAL(9,2)}
 */
record ParquetColumn(String name, String type) {
  private static final Set<String> NUMBERS =
      Set.of(
          "\"NULL\"", // a column that is missing in every row
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL");
  private static final Set<String> NOT_WHOLE = Set.of("FLOAT", "DOUBLE", "DECIMAL");
  private static final Set<String> TEXTS =
      Set.of(
          "VARCHAR",
          "ENUM",
          "JSON",
          "UUID",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP_S",
          "TIMESTAMP_MS",
          "TIMESTAMP_NS");

  boolean isNumber() {
    return NUMBERS.contains(kind());
  }

  /** Whether sums of it are exact in any order. */
  boolean isInteger() {
    return isNumber() && !NOT_WHOLE.contains(kind());
  }

  boolean isText() {
    return TEXTS.contains(kind());
  }

  /** Whether it holds no value, so that it goes with any type. */
  boolean isEmpty() {
    return kind().equals("\"NULL\"");
  }

  /** Whether values of both are one column: of one type, or numbers that are no booleans. */
  boolean isLike(ParquetColumn other) {
    return type.equals(other.type)
        || isEmpty()
        || other.isEmpty()
        || (isNumber() && other.isNumber() && !isBoolean() && !other.isBoolean());
  }

  boolean isBoolean() {
    return kind().equals("BOOLEAN");
  }

  /** The type without its parameters; that of a list, such as {@code VARCHAR[]}, keeps them. */
  private String kind() {
    int parameters = type.indexOf('(');
    return parameters < 0 || type.endsWith("]") ? type : type.substring(0, parameters);
  }

  /** A DOUBLE; NULL where the value is missing. Booleans are 0 and 1. */
  String asNumber() {
    // A direct cast of a wide decimal may miss the nearest double by one bit.
    return type.startsWith("DECIMAL")
        ? "CAST(%s AS DOUBLE)".formatted(asText())
        : "CAST(%s AS DOUBLE)".formatted(quoted());
  }

  /** A VARCHAR; NULL where the value is missing. Booleans are written as Python does to CSV. */
  String asText() {
    if (isBoolean()) {
      return "CASE WHEN %s THEN 'True' WHEN NOT %s THEN 'False' END".formatted(quoted(), quoted());
    }
    return "CAST(%s AS VARCHAR)".formatted(quoted());
  }

  private String quoted() {
    return quoted(name);
  }

  /** A name of anything as SQL has it. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
