package org.evenhand.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.evenhand.core.ProcessEnd;
import org.evenhand.core.Spelling;

/** A Parquet file opened in a DuckDB of its own. */
final class ParquetFile implements AutoCloseable {
  static final String ROW = "file_row_number";

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Path path;
  private final Connection duckdb;
  private final List<ParquetColumn> columns;
  private final long rows;

  private ParquetFile(Path path, Connection duckdb) throws SQLException {
    this.path = path;
    this.duckdb = duckdb;
    try (Statement statement = duckdb.createStatement()) {
      // Nothing is fetched from the network, and rows come in the order of the file.
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET threads = 1");
      statement.execute("SET temp_directory = ''");
      this.columns = columns(statement, source(path, false));
      this.rows = rows(statement, path);
    }
  }

  /**
   * @throws ParquetException if there is no such file, or it is no Parquet file
   */
  static ParquetFile open(Path path) {
    requireParquet(path);
    DuckStart.require();
    try {
      return ProcessEnd.waitsFor(() -> opened(path));
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  private static ParquetFile opened(Path path) throws SQLException {
    Connection duckdb = DriverManager.getConnection(DuckStart.IN_MEMORY);
    try {
      return new ParquetFile(path, duckdb);
    } catch (SQLException e) {
      duckdb.close();
      throw e;
    }
  }

  private static void requireParquet(Path path) {
    if (Files.isDirectory(path)) {
      throw new ParquetException(
          "%s is a directory; name one Parquet file, or write the data set as one."
              .formatted(path));
    }
    if (!Files.exists(path)) {
      throw new ParquetException("There is no file %s.".formatted(path));
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (!hasMagic(file, 0)) {
        throw new ParquetException(
            "%s is not a Parquet file: it does not begin with 'PAR1'.".formatted(path));
      }
      if (file.length() < 12 || !hasMagic(file, file.length() - MAGIC.length)) {
        throw new ParquetException(
            "%s ends early: a Parquet file ends with 'PAR1'; copy it again.".formatted(path));
      }
    } catch (IOException e) {
      throw new ParquetException("%s cannot be read (%s).".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean hasMagic(RandomAccessFile file, long at) throws IOException {
    byte[] found = new byte[MAGIC.length];
    file.seek(at);
    return file.read(found) == MAGIC.length && Arrays.equals(found, MAGIC);
  }

  /** The path as an SQL literal that stands for itself where DuckDB expects a pattern. */
  private static String pattern(Path path) {
    String escaped = path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    return "'" + escaped.replace("'", "''") + "'";
  }

  private static String source(Path path, boolean numbered) {
    return "read_parquet(%s, hive_partitioning = false, file_row_number = %s)"
        .formatted(pattern(path), numbered);
  }

  private static List<ParquetColumn> columns(Statement statement, String source)
      throws SQLException {
    List<ParquetColumn> columns = new ArrayList<>();
    try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
      while (described.next()) {
        columns.add(new ParquetColumn(described.getString(1), described.getString(2)));
      }
    }
    return List.copyOf(columns);
  }

  private static long rows(Statement statement, Path path) throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT num_rows FROM parquet_file_metadata(%s)".formatted(pattern(path)))) {
      result.next();
      return result.getLong(1);
    }
  }

  Path path() {
    return path;
  }

  /** What an SQL query reads the rows from. */
  String source() {
    return source(path, false);
  }

  /** The same with a column {@value #ROW} that numbers the rows from 0. */
  String numberedSource() {
    return source(path, true);
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
   * @throws ParquetException if there is no such column
   */
  ParquetColumn column(String name) {
    return columns.stream()
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

  void limitMemory(String limit) {
    execute("SET memory_limit = '%s'".formatted(limit));
  }

  /** The value of one row, counted from 0; NaN if it is missing. */
  double number(ParquetColumn column, long row) {
    NumberReader reader = new NumberReader(column.name(), column.asNumber());
    query(
        "SELECT %s FROM %s WHERE %s = %d"
            .formatted(reader.expression(), numberedSource(), ROW, row),
        chunk -> reader.add(chunk.vector(0)));
    return reader.column().values()[0];
  }

  /** Runs a statement without a result. */
  void execute(String sql) {
    try {
      Statement statement = duckdb.createStatement();
      run(
          statement,
          () -> {
            try (statement) {
              return statement.execute(sql);
            }
          });
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  /** Runs a query; its result is never held as a whole. */
  void query(String sql, Consumer<DuckDBDataChunkReader> chunks) {
    try {
      PreparedStatement statement = ProcessEnd.waitsFor(() -> duckdb.prepareStatement(sql));
      run(
          statement,
          () -> {
            try (statement) {
              return read(statement.unwrap(DuckDBPreparedStatement.class), chunks);
            }
          });
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  private static boolean read(
      DuckDBPreparedStatement statement, Consumer<DuckDBDataChunkReader> chunks)
      throws SQLException {
    try (DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        if (ProcessEnd.isEnding()) {
          throw new SQLException("the process is ending");
        }
        chunks.accept(result.chunk());
      }
      return true;
    }
  }

  /** DuckDB crashes where the process ends under it, so it is stopped before. */
  private static void run(Statement statement, ProcessEnd.Step<Boolean, SQLException> step)
      throws SQLException {
    ProcessEnd.waitsFor(
        step,
        () -> {
          try {
            statement.cancel();
          } catch (SQLException e) {
            // It is closed already.
          }
        });
  }

  static boolean ranOutOfMemory(ParquetException e) {
    return e.getCause() instanceof SQLException cause
        && String.valueOf(cause.getMessage()).startsWith("Out of Memory Error");
  }

  private static ParquetException unreadable(Path path, SQLException e) {
    if (String.valueOf(e.getMessage()).startsWith("Out of Memory Error")) {
      return new ParquetException(
          "%s needs more memory than there is; give the process more, or fewer columns."
              .formatted(path),
          e);
    }
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return new ParquetException("%s cannot be read: DuckDB says '%s'.".formatted(path, reason), e);
  }

  @Override
  public void close() {
    if (ProcessEnd.isEnding()) {
      return;
    }
    try {
      ProcessEnd.waitsFor(
          () -> {
            duckdb.close();
            return path;
          });
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }
}
