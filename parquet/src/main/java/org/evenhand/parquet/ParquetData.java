package org.evenhand.parquet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;
import org.evenhand.core.Spelling;

/** A Parquet file, or a folder of such files that are one table, opened in a DuckDB of its own. */
final class ParquetData implements AutoCloseable {
  /** The column that numbers the rows of all parts from 0. */
  static final String ROW = "(row)";

  /** DuckDB's own columns, which tell rows and files apart. */
  private static final String ROW_OF_FILE = "file_row_number";

  private static final String FILE = "file_index";

  /** What lists of a value for each part are called. */
  private static final String FIRST_ROW = "first row";

  private static final String PARTITION = "partition ";

  private final Path path;
  private final boolean isFolder;
  private final List<ParquetPart> parts;
  private final DuckSession duckdb;
  private final PartColumns ofParts;
  private final List<ParquetColumn> written;
  private final List<ParquetColumn> columns;
  private final long rows;

  private ParquetData(Path path, List<ParquetPart> parts, DuckSession duckdb) {
    this.path = path;
    this.isFolder = Files.isDirectory(path);
    this.parts = parts;
    this.duckdb = duckdb;
    this.ofParts = new PartColumns(parts, parts.stream().map(this::columnsOf).toList());
    this.written = columns(path, files(false));
    this.columns = ofParts.of(written);
    requireFileNumbers();
    this.rows = describeParts();
  }

  /**
   * @throws ParquetException if there is no such file or folder, or a file is no Parquet file
   * @throws org.evenhand.core.CoreException if the folder cannot be read
   */
  static ParquetData open(Path path) {
    List<ParquetPart> parts = ParquetPart.of(path);
    DuckSession duckdb = DuckSession.open(path);
    try {
      return new ParquetData(path, parts, duckdb);
    } catch (ParquetException e) {
      duckdb.close();
      throw e;
    }
  }

  /** A column of a file hides DuckDB's own. */
  private void requireFileNumbers() {
    if (isFolder && written.stream().anyMatch(column -> column.name().equalsIgnoreCase(FILE))) {
      throw new ParquetException(
          "%s has a column '%s', a name that DuckDB needs to tell the files of a folder apart; rename it."
              .formatted(path, FILE));
    }
  }

  private List<ParquetColumn> columnsOf(ParquetPart part) {
    return columns(
        part.file(), "read_parquet(%s, hive_partitioning = false)".formatted(pattern(part.file())));
  }

  private List<ParquetColumn> columns(Path read, String source) {
    List<ParquetColumn> columns = new ArrayList<>();
    duckdb.rows(
        read,
        "DESCRIBE SELECT * FROM " + source,
        row -> columns.add(new ParquetColumn(row.getString(1), row.getString(2))));
    return columns;
  }

  /**
   * Tells DuckDB what is so in all rows of a part: the number of its first row, and its partition.
   *
   * @return the number of rows
   */
  private long describeParts() {
    List<Long> firstRows = new ArrayList<>();
    long[] rows = {0};
    duckdb.rows(
        path,
        "SELECT num_rows FROM parquet_file_metadata(%s)".formatted(patterns()),
        row -> {
          firstRows.add(rows[0]);
          rows[0] += row.getLong(1);
        });
    setOfParts(FIRST_ROW, "BIGINT", firstRows.stream().map(String::valueOf).toList());
    for (String key : ofParts.keys()) {
      List<String> texts =
          parts.stream().map(part -> literal(part.partition().getOrDefault(key, ""))).toList();
      setOfParts(PARTITION + key, "VARCHAR", texts);
    }
    return rows[0];
  }

  private void setOfParts(String name, String type, List<String> values) {
    duckdb.execute(
        "SET VARIABLE %s = CAST([%s] AS %s[])"
            .formatted(ParquetColumn.quoted(name), String.join(", ", values), type));
  }

  /** The value that was set for the part of a row. */
  private String ofPart(String name) {
    return "getvariable(%s)[CAST(%s AS BIGINT) + 1]".formatted(literal(name), FILE);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The path as an SQL literal that stands for itself where DuckDB expects a pattern. */
  private static String pattern(Path path) {
    return literal(path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]"));
  }

  private String patterns() {
    return parts.stream()
        .map(part -> pattern(part.file()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String files(boolean numbered) {
    return "read_parquet(%s, hive_partitioning = false, union_by_name = %s, file_row_number = %s)"
        .formatted(patterns(), parts.size() > 1, numbered);
  }

  private String select(String what, boolean numbered) {
    String overridden =
        written.stream()
            .map(ParquetColumn::name)
            .filter(ofParts::isKey)
            .map(ParquetColumn::quoted)
            .collect(Collectors.joining(", "));
    String partition =
        ofParts.keys().stream()
            .map(key -> ", %s AS %s".formatted(ofPart(PARTITION + key), ParquetColumn.quoted(key)))
            .collect(Collectors.joining());
    return "(SELECT *%s%s%s FROM %s)"
        .formatted(
            overridden.isEmpty() ? "" : " EXCLUDE (%s)".formatted(overridden),
            partition,
            what,
            files(numbered));
  }

  Path path() {
    return path;
  }

  /** What an SQL query reads the rows from. */
  String source() {
    return select("", false);
  }

  /** The same with a column {@value #ROW}. */
  String numberedSource() {
    String first = isFolder ? ofPart(FIRST_ROW) + " + " : "";
    return select(", %s%s AS %s".formatted(first, ROW_OF_FILE, ParquetColumn.quoted(ROW)), true);
  }

  /**
   * The first rows of all parts, with a column {@value #ROW}: those of one part may be alike.
   *
   * @param rows about how many
   */
  String sample(long rows) {
    return "(SELECT * FROM %s WHERE %s < %d)"
        .formatted(numberedSource(), ROW_OF_FILE, Math.max(1, rows / parts.size()));
  }

  /** The columns, in their order. */
  List<ParquetColumn> columns() {
    return columns;
  }

  /** The number of rows. */
  long rows() {
    return rows;
  }

  /**
   * @throws ParquetException if there is no such column, or the parts have it not alike
   */
  ParquetColumn column(String name) {
    ParquetColumn found =
        columns.stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ParquetException(
                        "%s has no column '%s'; its columns are %s.%s"
                            .formatted(
                                path,
                                name,
                                String.join(", ", names()),
                                Spelling.question(name, names()))));
    ofParts
        .fault(name)
        .ifPresent(
            fault -> {
              throw new ParquetException(fault);
            });
    return found;
  }

  private List<String> names() {
    return columns.stream().map(ParquetColumn::name).toList();
  }

  /** The column, if it can be turned into a number. */
  ParquetColumn numeric(String name) {
    ParquetColumn column = supported(name);
    if (!column.isNumber()) {
      throw new ParquetException(
          "%s: column '%s' holds text (%s), but must be numeric; write it with a numeric type."
              .formatted(path, name, column.type()));
    }
    return column;
  }

  /** The column, if it is a number or a text. */
  ParquetColumn supported(String name) {
    ParquetColumn column = column(name);
    if (!column.isNumber() && !column.isText()) {
      throw new ParquetException(
          "%s: column '%s' has the type %s, which is neither a number nor a text; write it with another type or leave it out."
              .formatted(path, name, column.type()));
    }
    return column;
  }

  void requireRows() {
    if (rows == 0) {
      throw new ParquetException("%s has columns but no rows.".formatted(path));
    }
  }

  /** The value of one row, counted from 0; NaN if it is missing. */
  double number(ParquetColumn column, long row) {
    return number(
        "SELECT %s FROM %s WHERE %s = %d"
            .formatted(column.asNumber(), numberedSource(), ParquetColumn.quoted(ROW), row));
  }

  /** Runs a query whose result is one DOUBLE; NaN if it is NULL. */
  double number(String sql) {
    NumberReader reader = new NumberReader("number", sql);
    query(sql, chunk -> reader.add(chunk.vector(0)));
    return reader.column().values()[0];
  }

  /** Runs a statement without a result. */
  void execute(String sql) {
    duckdb.execute(sql);
  }

  /** Runs a query; its result is never held as a whole. */
  void query(String sql, Consumer<DuckDBDataChunkReader> chunks) {
    duckdb.query(sql, chunks);
  }

  @Override
  public void close() {
    duckdb.close();
  }
}
