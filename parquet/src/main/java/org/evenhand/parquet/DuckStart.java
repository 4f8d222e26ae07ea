package org.evenhand.parquet;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.evenhand.core.PackedLibrary;
import org.evenhand.core.TemporaryFiles;

/** Starts DuckDB, which unpacks its library into the temporary folder, where it would stay. */
final class DuckStart {
  private static final PackedLibrary LIBRARY = PackedLibrary.inTemporaryFolder("DuckDB", 80);

  /** What a database of its own in memory is called. */
  static final String IN_MEMORY = "jdbc:duckdb:";

  private static boolean started;

  private DuckStart() {}

  /**
   * Returns at once if it is started.
   *
   * @throws org.evenhand.core.CoreException if it cannot be unpacked or loaded
   * @throws ParquetException if it fails otherwise
   */
  static synchronized void require() {
    if (!started) {
      start();
    }
  }

  private static void start() {
    LIBRARY.requireRoom();
    try {
      started =
          LIBRARY.start(
              () -> {
                DriverManager.getConnection(IN_MEMORY).close();
                TemporaryFiles.deleteLoaded("libduckdb_java");
                return true;
              });
    } catch (SQLException e) {
      throw new ParquetException("DuckDB cannot be started (%s).".formatted(e.getMessage()), e);
    }
  }
}
