package org.evenhand.parquet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.evenhand.core.PackedLibrary;
import org.evenhand.core.TemporaryFiles;

/** Starts DuckDB, which unpacks its library into the temporary folder, where it would stay. */
final class DuckStart {
  private static final PackedLibrary LIBRARY = PackedLibrary.inTemporaryFolder("DuckDB", 80);

  private static boolean started;

  private DuckStart() {}

  /**
   * A database of its own in memory.
   *
   * @throws org.evenhand.core.CoreException if the library cannot be unpacked or loaded
   */
  static Connection connection() throws SQLException {
    start();
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  private static synchronized void start() throws SQLException {
    if (started) {
      return;
    }
    LIBRARY.requireRoom();
    started =
        LIBRARY.start(
            () -> {
              DriverManager.getConnection("jdbc:duckdb:").close();
              TemporaryFiles.deleteLoaded("libduckdb_java");
              return true;
            });
  }
}
