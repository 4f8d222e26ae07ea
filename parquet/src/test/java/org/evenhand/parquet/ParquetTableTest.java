package org.evenhand.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvTable;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  /** Numbers and texts with missing values, several row groups, and text that CSV must quote. */
  private static final String PEOPLE =
      """
      SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE 18 + (i * 13) % 60 END AS age,
        i / 7.0::DOUBLE AS score, CAST(i % 1000 / 100.0 AS DECIMAL(9, 2)) AS amount,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'gr"oup, ' || i % 4 END AS race,
        CASE WHEN i % 3 = 0 THEN 'n\u00fcchtern' ELSE '\u9152' END AS state,
        DATE '2020-02-27' + CAST(i % 4 AS INTEGER) AS day
      FROM range(10000) t(i)""";

  private final Path folder;

  ParquetTableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path parquet(String query) {
    return Duck.write(folder.resolve("people.parquet"), query);
  }

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }

  private static List<String> texts(Table table, String column) {
    TextColumn text = (TextColumn) table.column(column);
    return IntStream.range(0, text.rows()).mapToObj(text::value).toList();
  }

  private static Object content(Column column) {
    return column instanceof TextColumn text
        ? IntStream.range(0, text.rows()).mapToObj(text::value).toList()
        : ((NumericColumn) column).values();
  }

  @Test
  void a_table_is_read_as_from_csv_to_the_last_bit() {
    Table fromParquet = Tables.read(parquet(PEOPLE));
    Table fromCsv = CsvTable.read(Duck.writeCsv(folder.resolve("people.csv"), PEOPLE));

    assertThat(fromParquet.names()).isEqualTo(fromCsv.names());
    for (Column column : fromCsv.columns()) {
      assertThat(content(fromParquet.column(column.name()))).isEqualTo(content(column));
    }
  }

  @Test
  void every_kind_of_number_becomes_a_double() {
    Table table =
        Tables.read(
            parquet(
                """
                SELECT -1::TINYINT AS tiny, -300::SMALLINT AS small, 70000::INTEGER AS whole,
                  9007199254740993::BIGINT AS big, 18446744073709551615::UBIGINT AS huge,
                  0.1::FLOAT AS single, 0.1::DOUBLE AS dbl,
                  0.10::DECIMAL(4, 2) AS dec, 12345678901234567890.123::DECIMAL(38, 3) AS wide,
                  NULL AS none, 'NaN'::DOUBLE AS nan"""));

    assertThat(
            table.columns().stream().map(column -> ((NumericColumn) column).values()[0]).toList())
        .containsExactly(
            -1.0,
            -300.0,
            70000.0,
            9007199254740992.0, // to even, as Double.parseDouble rounds it
            0x1p64,
            (double) 0.1f,
            0.1,
            0.1,
            Double.parseDouble("12345678901234567890.123"),
            Double.NaN,
            Double.NaN);
  }

  @Test
  void a_null_is_a_missing_number_or_the_empty_text() {
    Table table =
        Tables.read(
            parquet(
                "SELECT * FROM (VALUES (1, 'a'), (NULL, NULL), (3, ''), (4, NULL)) people(age, race)"));

    assertThat(numbers(table, "age")).containsExactly(1, Double.NaN, 3, 4);
    assertThat(texts(table, "race")).containsExactly("a", "", "", "");
    assertThat(((TextColumn) table.column("race")).dictionary()).containsExactly("", "a");
  }

  @Test
  void a_text_column_without_any_text_is_empty() {
    Table table = Tables.read(parquet("SELECT CAST(NULL AS VARCHAR) AS race, 1 AS age"));

    assertThat(texts(table, "race")).containsExactly("");
  }

  @Test
  void numbers_asked_for_as_text_are_written_as_their_type_has_them() {
    Path file =
        parquet("SELECT 1 AS code, 1::DOUBLE AS dbl, 1.50::DECIMAL(5, 2) AS dec, true AS flag");

    Table table =
        Tables.read(
            file,
            TableOptions.defaults().withTextColumns(Set.of("code", "dbl", "dec", "flag", "other")));

    assertThat(table.names().stream().map(name -> texts(table, name).get(0)))
        .containsExactly("1", "1.0", "1.50", "True");
  }

  @Test
  void only_the_columns_asked_for_are_loaded_in_the_order_of_the_file() {
    Path file = parquet("SELECT 1 AS a, [1, 2] AS nested, 'x' AS b, 2 AS c");

    Table table = Tables.read(file, TableOptions.defaults().withColumns(Set.of("c", "a")));

    assertThat(table.names()).containsExactly("a", "c");
    assertThat(Tables.header(file, TableOptions.defaults()))
        .containsExactly("a", "nested", "b", "c");
  }

  @Test
  void names_of_columns_and_files_may_hold_what_sql_and_patterns_treat_specially() {
    Path file = folder.resolve("it's [a] *?.PARQUET");
    Duck.write(folder.resolve("plain.parquet"), "SELECT 7 AS \"a \"\"b\"\" it's\", 8 AS score")
        .toFile()
        .renameTo(file.toFile());

    assertThat(numbers(Tables.read(file), "a \"b\" it's")).containsExactly(7);
  }

  @Test
  void folders_that_look_like_partitions_add_no_columns() {
    Path partition = folder.resolve("race=x");
    assertThat(partition.toFile().mkdir()).isTrue();

    Path file = Duck.write(partition.resolve("people.parquet"), "SELECT 1 AS age");

    assertThat(Tables.read(file).names()).containsExactly("age");
  }

  @Test
  void a_column_of_the_readers_own_row_numbers_name_is_read() {
    assertThat(numbers(Tables.read(parquet("SELECT 5 AS file_row_number")), "file_row_number"))
        .containsExactly(5);
  }

  @Test
  void the_order_of_rows_is_that_of_the_file() {
    Path file = parquet("SELECT (i * 7919) % 100003 AS x FROM range(100003) t(i)");

    double[] values = numbers(Tables.read(file), "x");

    for (int row = 0; row < values.length; row++) {
      assertThat(values[row]).isEqualTo((double) (row * 7919L % 100003));
    }
  }
}
