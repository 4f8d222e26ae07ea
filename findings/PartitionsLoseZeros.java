import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Apache Spark 4.1.0: a column of text by which a table is divided into folders is read back as
 * numbers.
 *
 * <p>Guess: Parquet keeps the types of columns, so that what was written as text is read as text.
 *
 * <p>Behaviour: values in the names of folders have no type, and one is guessed for them: the
 * postcode 01234 becomes the number 1234.
 */
final class PartitionsLoseZeros {
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = Spark.session();
    String folder = Path.of(System.getProperty("java.io.tmpdir"), "people").toString();
    Dataset<Row> people =
        spark.sql("SELECT * FROM VALUES (1, '01234'), (2, '98765') AS t(id, postcode)");
    people.write().partitionBy("postcode").parquet(folder);
    Dataset<Row> read = spark.read().parquet(folder).orderBy("id");
    Finding.expect("written", "string: [01234]", seen(people));
    Finding.expect("read", "int: [1234]", seen(read));
    spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    Finding.expect(
        "read without guessing",
        "string: [01234]",
        seen(spark.read().parquet(folder).orderBy("id")));
    Finding.end();
  }

  private static String seen(Dataset<Row> people) {
    return people.schema().apply("postcode").dataType().simpleString()
        + ": "
        + people.select("postcode").first();
  }
}
