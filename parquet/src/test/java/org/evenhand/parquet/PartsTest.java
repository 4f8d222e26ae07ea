package org.evenhand.parquet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.CoreException;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Counting;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose files are one table. */
class PartsTest {
  private final Path people;

  PartsTest(@TempDir Path folder) {
    this.people = folder(folder.resolve("people"));
  }

  static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name within the folder, in folders that are there. */
  private Path within(String name) {
    Path file = people.resolve(name);
    folder(requireNonNull(file.getParent()));
    return file;
  }

  private Path part(String name, String query) {
    return Duck.write(within(name), query);
  }

  private void text(String name) throws IOException {
    Files.writeString(within(name), "not Parquet");
  }

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }

  private static List<String> texts(Table table, String column) {
    TextColumn text = (TextColumn) table.column(column);
    return IntStream.range(0, text.rows()).mapToObj(text::value).toList();
  }

  private Table read(String... columns) {
    return Tables.read(people, TableOptions.defaults().withColumns(Set.of(columns)));
  }

  private void assertRefused(String message, String... columns) {
    assertThatThrownBy(() -> read(columns))
        .isInstanceOfAny(ParquetException.class, CoreException.class)
        .hasMessage(message.replace("{}", people.toString()));
  }

  @Test
  void parts_are_read_in_the_order_of_their_paths() {
    part("part-10.parquet", "SELECT 3 AS x");
    part("b/part-0.parquet", "SELECT 2 AS x");
    part("b/a/part-0.parquet", "SELECT i AS x FROM range(2) t(i)");

    assertThat(numbers(read(), "x")).containsExactly(0, 1, 2, 3);
  }

  @Test
  void folders_name_columns_whose_values_stay_as_they_are_written() {
    part("zip=01234/sex=F/part-0.parquet", "SELECT 1 AS age FROM range(2)");
    part("zip=1e3/sex=M/part-0.parquet", "SELECT 2 AS age");

    Table table = read();

    assertThat(table.names()).containsExactly("age", "zip", "sex");
    assertThat(texts(table, "zip")).containsExactly("01234", "01234", "1e3");
    assertThat(texts(table, "sex")).containsExactly("F", "F", "M");
  }

  @Test
  void names_of_folders_are_decoded_and_the_default_one_is_missing() {
    part("city=a%2Fb%20%C3%BC+c/p.parquet", "SELECT 1 AS x");
    part("city=100%/p.parquet", "SELECT 2 AS x");
    part("city=it's=so/p.parquet", "SELECT 3 AS x");
    part("city=__HIVE_DEFAULT_PARTITION__/p.parquet", "SELECT 4 AS x");

    Table table = read();

    assertThat(numbers(table, "x")).containsExactly(2, 4, 1, 3);
    assertThat(texts(table, "city")).containsExactly("100%", "", "a/b \u00fc+c", "it's=so");
  }

  @Test
  void folders_above_the_table_and_names_of_files_say_nothing() {
    Path inner = people.resolve("year=2024");
    part("year=2024/race=x.parquet", "SELECT 7 AS year");

    Table table = Tables.read(inner);

    assertThat(table.names()).containsExactly("year");
    assertThat(numbers(table, "year")).containsExactly(7);
  }

  @Test
  void a_folder_counts_where_its_files_have_the_column_too() {
    part("Sex=F/p.parquet", "SELECT 1 AS age, 'from the file' AS sex");

    Table table = read();

    assertThat(table.names()).containsExactly("age", "Sex");
    assertThat(texts(table, "Sex")).containsExactly("F");
  }

  @Test
  void marks_checksums_and_hidden_files_are_left_out() throws IOException {
    part("part-0.parquet", "SELECT 1 AS x");
    part("_part=a/part-0.parquet", "SELECT 2 AS x");
    for (String name :
        List.of(
            "_SUCCESS",
            "_temporary/0/part-1.parquet",
            ".part-0.parquet.crc",
            "part-0.parquet.crc",
            ".hidden/part-2.parquet")) {
      text(name);
    }

    assertThat(numbers(read("x"), "x")).containsExactly(2, 1);
  }

  @Test
  void other_files_are_named() throws IOException {
    part("part-0.parquet", "SELECT 1 AS x");
    text("readme.txt");

    assertRefused(
        "{}/readme.txt is not a Parquet file: it does not begin with 'PAR1'; all files of a folder are read as one table, so keep others elsewhere.");
  }

  @Test
  void an_empty_folder_is_refused() throws IOException {
    text("_SUCCESS");

    assertRefused("Folder {} holds no Parquet file; name a file, or a folder of Parquet files.");
  }

  @Test
  void a_table_whose_log_says_which_files_count_is_refused() throws IOException {
    part("part-0.parquet", "SELECT 1 AS x");
    text("_delta_log/00000000000000000000.json");

    assertRefused(
        "{} is a Delta table, whose log says which of its files count; write its rows to a folder of plain Parquet files.");
  }

  @Test
  void a_link_that_leads_nowhere_is_no_shorter_table() throws IOException {
    part("part-0.parquet", "SELECT 1 AS x");
    Files.createSymbolicLink(people.resolve("part-1.parquet"), people.resolve("gone"));

    assertRefused(
        "{}/part-1.parquet is neither a file nor a folder, or a link that leads nowhere; remove it from the folder of rows.");
  }

  @Test
  void a_broken_part_is_named() throws IOException {
    part("part-0.parquet", "SELECT i AS x FROM range(5000) t(i)");
    Path broken = part("part-1.parquet", "SELECT i AS x FROM range(5000) t(i)");
    byte[] whole = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(whole, whole.length / 2));

    assertRefused("{}/part-1.parquet ends early: a Parquet file ends with 'PAR1'; copy it again.");

    byte[] footer = whole.clone();
    Arrays.fill(footer, whole.length - 100, whole.length - 20, (byte) 0);
    byte[] page = whole.clone();
    Arrays.fill(page, 40, 2000, (byte) 0x5a);
    for (byte[] damaged : List.of(footer, page)) {
      Files.write(broken, damaged);
      assertThatThrownBy(this::read)
          .isInstanceOf(ParquetException.class)
          .hasMessageMatching(".*cannot be read: DuckDB says '[^\\n]+'\\.")
          .hasMessageContaining("part-1.parquet");
    }
  }

  @Test
  void parts_may_differ_in_columns_that_are_not_read() {
    part("part-0.parquet", "SELECT 1 AS x, 'a' AS race, [1] AS visits");
    part("part-1.parquet", "SELECT 7 AS extra, 2.5 AS x, 3 AS race");

    assertThat(numbers(read("x"), "x")).containsExactly(1, 2.5);
    assertThat(Tables.header(people, TableOptions.defaults()))
        .containsExactly("x", "race", "visits", "extra");
    assertRefused(
        "Column 'race' has the type VARCHAR in {}/part-0.parquet, but INTEGER in {}/part-1.parquet; write it with one type.",
        "race");
    assertRefused(
        "{}/part-0.parquet has no column 'extra', which {}/part-1.parquet has; give all parts of a table the same columns.",
        "extra");
    assertRefused(
        "{} has no column 'rac'; its columns are x, race, visits, extra. Did you mean 'race'?",
        "rac");
  }

  @Test
  void a_part_outside_the_folders_of_a_column_is_named() {
    part("part-0.parquet", "SELECT 1 AS x");
    part("sex=F/part-0.parquet", "SELECT 1 AS x");

    assertRefused(
        "{}/part-0.parquet has no column 'sex', which {}/sex=F/part-0.parquet has; give all parts of a table the same columns.",
        "sex");
  }

  @Test
  void numbers_and_columns_without_a_value_go_together_and_booleans_do_not() {
    part("part-0.parquet", "SELECT 1 AS x, NULL AS race, true AS flag");
    part("part-1.parquet", "SELECT 2.5::DOUBLE AS x, 'a' AS race, 1 AS flag");

    assertThat(numbers(read("x"), "x")).containsExactly(1, 2.5);
    assertThat(texts(read("race"), "race")).containsExactly("", "a");
    assertRefused(
        "Column 'flag' has the type BOOLEAN in {}/part-0.parquet, but INTEGER in {}/part-1.parquet; write it with one type.",
        "flag");
  }

  @Test
  void a_part_without_rows_is_a_part() {
    part("part-0.parquet", "SELECT 1 AS x WHERE false");
    assertRefused("{} has columns but no rows.");

    part("part-1.parquet", "SELECT 2 AS x");
    assertThat(numbers(read(), "x")).containsExactly(2);
  }

  @Test
  void a_column_named_like_duckdbs_own_is_refused_in_folders() {
    part("part-0.parquet", "SELECT 1 AS x, 1 AS file_index");

    assertRefused(
        "{} has a column 'file_index', a name that DuckDB needs to tell the files of a folder apart; rename it.");
  }

  @Test
  void rows_are_numbered_through_all_parts() {
    part("part-0.parquet", "SELECT 0.5::DOUBLE AS x FROM range(3)");
    part("part-1.parquet", "SELECT 0.5::DOUBLE AS x");
    part("part-2.parquet", "SELECT 'inf'::DOUBLE AS x");

    assertRefused(
        "{}, data row 5, column 'x': the number is not finite; write null if the value is missing.");
    assertThatThrownBy(
            () ->
                ParquetTable.countable(people)
                    .count(new Counting(List.of("x"), Optional.empty(), Optional.empty())))
        .hasMessage(
            people
                + ", data row 5, column 'x': the number is not finite; write null if the value is missing.");
  }
}
