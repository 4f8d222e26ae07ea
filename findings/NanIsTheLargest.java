import org.apache.spark.sql.SparkSession;

/**
 * Apache Spark 4.1.0: NaN is larger than any number, and equal to itself.
 *
 * <p>Guess: a comparison with NaN is false, as in Java, Python and IEEE 754, so that a score that is
 * NaN is not accepted by {@code score > 0.5}.
 *
 * <p>Behaviour: such a row is accepted, and the greatest score of a group with one is NaN.
 */
final class NanIsTheLargest {
  public static void main(String[] arguments) {
    SparkSession spark = Spark.session();
    Finding.expect(
        "NaN > 0.5, NaN = NaN, max(0.9, NaN)",
        "[true,true,NaN]",
        spark
            .sql(
                "SELECT max(score) > 0.5, max(score) = double('NaN'), max(score) FROM VALUES (0.9D), (double('NaN')) AS t(score)")
            .first()
            .toString());
    Finding.expect(
        "rows of 0.1, 0.9 and NaN with score > 0.5",
        "2",
        String.valueOf(
            spark
                .sql("SELECT * FROM VALUES (0.1D), (0.9D), (double('NaN')) AS t(score)")
                .filter("score > 0.5")
                .count()));
    Finding.end();
  }
}
