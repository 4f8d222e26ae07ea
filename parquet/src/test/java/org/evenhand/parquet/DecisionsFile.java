package org.evenhand.parquet;

import java.nio.file.Path;

/**
 * Writes recorded decisions of any number, for measuring audits of large files.
 *
 * <pre>{@code
 * java -cp 'parquet/target/test-classes:cli/target/app/lib/*' \
 *   org.evenhand.parquet.DecisionsFile 10000000 1 decisions.parquet
 * }</pre>
 */
final class DecisionsFile {
  private DecisionsFile() {}

  /**
   * Writes a file.
   *
   * @param arguments number of rows, seed, file
   */
  public static void main(String[] arguments) {
    write(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]), Path.of(arguments[2]));
  }

  /**
   * Scores between 0 and 1 that follow a repayment in part, less so for one of three races: a bias
   * that an audit must find.
   */
  static Path write(long rows, long seed, Path file) {
    String draws =
        "SELECT %s FROM range(%d) t(i)"
            .formatted(
                String.join(
                    ", ",
                    draw(seed, "race_draw"),
                    draw(seed, "sex_draw"),
                    draw(seed, "t"),
                    draw(seed, "noise")),
                rows);
    return Duck.copy(
        file,
        """
        SELECT CAST(t < 0.4 AS INTEGER) AS repaid,
          CASE WHEN race_draw < 0.6 THEN 'first' WHEN race_draw < 0.9 THEN 'second' ELSE 'third' END AS race,
          CASE WHEN sex_draw < 0.5 THEN 'female' ELSE 'male' END AS sex,
          0.6 * noise + CAST(t < 0.4 AS INTEGER) * CASE WHEN race_draw < 0.6 THEN 0.4 ELSE 0.3 END AS score
        FROM (%s)"""
            .formatted(draws),
        "FORMAT parquet");
  }

  /** A number in [0,1) that depends on the row, the seed and the name alone. */
  private static String draw(long seed, String name) {
    return "hash(i, %d, '%s') %% 1000003 / CAST(1000003 AS DOUBLE) AS %s"
        .formatted(seed, name, name);
  }
}
