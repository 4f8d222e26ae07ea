import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * DuckDB 2.0.0.1: a folder above a Parquet file replaces the file's own column.
 *
 * <p>Guess: a file that is named by itself is read as it is; folders such as "run=2" mean something
 * only where a folder is read as one table.
 *
 * <p>Behaviour: any part of the path of the form name=value, however far above, is a column, and
 * takes the place of a column of that name in the file, without a warning, unless
 * hive_partitioning = false.
 */
final class FolderReplacesColumn {
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("finding").resolve("run=2/people");
    Files.createDirectories(folder);
    String file = "'" + folder.resolve("people.parquet") + "'";
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (SELECT 17 AS run) TO " + file + " (FORMAT parquet)");
      Finding.expect("as it is", "2", run(statement, file));
      Finding.expect(
          "without partitions", "17", run(statement, file + ", hive_partitioning = false"));
    }
    Finding.end();
  }

  private static String run(Statement statement, String source) throws Exception {
    try (ResultSet rows = statement.executeQuery("SELECT run FROM read_parquet(" + source + ")")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
