package org.evenhand.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes the files of the tests. */
final class Duck {
  private Duck() {}

  /** Writes a query's rows as a Parquet file, in small row groups so that there are several. */
  static Path write(Path file, String query) {
    return copy(file, query, "FORMAT parquet, ROW_GROUP_SIZE 2048");
  }

  static Path writeCsv(Path file, String query) {
    return copy(file, query, "FORMAT csv, HEADER");
  }

  static Path copy(Path file, String query, String options) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          "COPY (%s) TO '%s' (%s)".formatted(query, file.toString().replace("'", "''"), options));
      return file;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
