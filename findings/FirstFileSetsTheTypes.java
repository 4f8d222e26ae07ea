import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * DuckDB 2.0.0.1: the first of several Parquet files sets the types, and later files are rounded to
 * them.
 *
 * <p>Guess: scores of one file that holds whole numbers and one that holds fractions are both read
 * as fractions, or refused.
 *
 * <p>Behaviour: where the first file has an INTEGER column, 0.4 of the next file is read as 0, and
 * 0.6 as 1, without an error. In the other order both are fractions, as with union_by_name.
 */
final class FirstFileSetsTheTypes {
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("finding");
    String whole = "'" + folder.resolve("whole.parquet") + "'";
    String fractions = "'" + folder.resolve("fractions.parquet") + "'";
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (SELECT 1 AS score) TO " + whole + " (FORMAT parquet)");
      statement.execute(
          "COPY (SELECT unnest([0.4::DOUBLE, 0.6]) AS score) TO " + fractions + " (FORMAT parquet)");
      Finding.expect(
          "whole numbers first", "[1, 0, 1]", scores(statement, whole + ", " + fractions, ""));
      Finding.expect(
          "fractions first", "[0.4, 0.6, 1.0]", scores(statement, fractions + ", " + whole, ""));
      Finding.expect(
          "with union_by_name",
          "[1.0, 0.4, 0.6]",
          scores(statement, whole + ", " + fractions, ", union_by_name = true"));
    }
    Finding.end();
  }

  private static String scores(Statement statement, String files, String options)
      throws Exception {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT CAST(list(score) AS VARCHAR) FROM read_parquet([" + files + "]" + options + ")")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
