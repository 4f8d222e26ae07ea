import java.sql.DriverManager;

/** Writes a CSV file as Parquet, for release/check: {@code java -cp duckdb_jdbc.jar ToParquet.java FROM TO}. */
class ToParquet {
  public static void main(String[] files) throws Exception {
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement()) {
      statement.execute("COPY (FROM '%s') TO '%s' (FORMAT parquet)".formatted(files[0], files[1]));
    }
  }
}
