package org.evenhand.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.evenhand.core.ProcessEnd;

/** A DuckDB of its own that reads one table and keeps nothing. */
final class DuckSession implements AutoCloseable {
  /** What is done with one row of a small result. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private final Path path;
  private final Connection duckdb;

  private DuckSession(Path path, Connection duckdb) {
    this.path = path;
    this.duckdb = duckdb;
  }

  /**
   * @param path of the table, for messages
   * @throws ParquetException if DuckDB cannot be started
   */
  static DuckSession open(Path path) {
    DuckStart.require();
    try {
      DuckSession session =
          new DuckSession(
              path, ProcessEnd.waitsFor(() -> DriverManager.getConnection(DuckStart.IN_MEMORY)));
      // Nothing is fetched from the network, and rows come in the order of the file.
      session.execute("SET autoinstall_known_extensions = false");
      session.execute("SET autoload_known_extensions = false");
      session.execute("SET preserve_insertion_order = true");
      session.execute("SET temp_directory = ''");
      session.execute("SET threads = 1");
      return session;
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
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

  /**
   * Runs a query with a small result.
   *
   * @param read what it reads, for messages
   */
  void rows(Path read, String sql, RowReader reader) {
    try {
      Statement statement = duckdb.createStatement();
      run(
          statement,
          () -> {
            try (statement;
                ResultSet rows = statement.executeQuery(sql)) {
              while (rows.next()) {
                reader.read(rows);
              }
              return true;
            }
          });
    } catch (SQLException e) {
      throw unreadable(read, e);
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
