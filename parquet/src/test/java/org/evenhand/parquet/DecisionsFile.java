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
   * Scores of seven decimals between 0 and 1 that follow a repayment in part, less so for two of
   * three races: a bias that an audit must find. Beside them decisions, attributes and weights.
   */
  static Path write(long rows, long seed, Path file) {
    String draws =
        "SELECT %s FROM range(%d) t(i)"
            .formatted(
                String.join(
                    ", ",
                    draw(seed, "race_draw"),
                    draw(seed, "sex_draw"),
                    draw(seed, "age_draw"),
                    draw(seed, "region_draw"),
                    draw(seed, "weight_draw"),
                    draw(seed, "t"),
                    draw(seed, "noise")),
                rows);
    return Duck.copy(
        file,
        """
        SELECT *, CAST(score >= 0.5 AS INTEGER) AS given
        FROM (
          SELECT CAST(t < 0.4 AS INTEGER) AS repaid,
            CASE WHEN race_draw < 0.6 THEN 'first' WHEN race_draw < 0.9 THEN 'second' ELSE 'third' END AS race,
            CASE WHEN sex_draw < 0.5 THEN 'female' ELSE 'male' END AS sex,
            CASE WHEN age_draw < 0.2 THEN 'to 29' WHEN age_draw < 0.6 THEN '30 to 49' ELSE 'from 50' END AS age,
            'region ' || CAST(floor(8 * region_draw) AS INTEGER) AS region,
            round(0.6 * noise + CAST(t < 0.4 AS INTEGER) * CASE WHEN race_draw < 0.6 THEN 0.4 ELSE 0.3 END, 7) AS score,
            1 + CAST(floor(3 * weight_draw) AS INTEGER) AS weight
          FROM (%s))"""
            .formatted(draws),
        "FORMAT parquet");
  }

  /** A number in [0,1) that depends on the row, the seed and the name alone. */
  private static String draw(long seed, String name) {
    return "hash(i, %d, '%s') %% 1000003 / CAST(1000003 AS DOUBLE) AS %s"
        .formatted(seed, name, name);
  }
}
