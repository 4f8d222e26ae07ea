package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  private final Path folder;

  CsvTableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path csv(String content) throws IOException {
    return Files.writeString(folder.resolve("people.csv"), content);
  }

  private Table read(String content) throws IOException {
    return CsvTable.read(csv(content));
  }

  private static double[] numbers(Table table, String column) {
    assertThat(table.column(column)).isInstanceOf(NumericColumn.class);
    return ((NumericColumn) table.column(column)).values();
  }

  private static List<String> texts(Table table, String column) {
    assertThat(table.column(column)).isInstanceOf(TextColumn.class);
    TextColumn text = (TextColumn) table.column(column);
    return IntStream.range(0, text.rows()).mapToObj(text::value).toList();
  }

  @Test
  void a_column_of_numbers_is_numeric_and_any_other_is_text() throws IOException {
    Table table = read("age,race\n31,White\n-2.5e1,Black\n");

    assertThat(table.names()).containsExactly("age", "race");
    assertThat(numbers(table, "age")).containsExactly(31, -25);
    assertThat(texts(table, "race")).containsExactly("White", "Black");
  }

  @Test
  void an_empty_cell_is_missing_in_numbers_and_in_text() throws IOException {
    Table table = read("age,race\n,White\n31,\n");

    assertThat(numbers(table, "age")).containsExactly(Double.NaN, 31);
    assertThat(texts(table, "race")).containsExactly("White", "");
  }

  @Test
  void words_for_missing_are_missing_among_numbers() throws IOException {
    Table table = read("age\n1\nNA\nN/A\nNaN\nnan\nnull\nNULL\nNone\n?\n \n2\n");

    double nan = Double.NaN;
    assertThat(numbers(table, "age"))
        .containsExactly(1, nan, nan, nan, nan, nan, nan, nan, nan, nan, 2);
  }

  @Test
  void text_is_kept_as_written_with_blanks_and_words_for_missing() throws IOException {
    // "?" is a category of the deployed Adult models' own encoders.
    Table table = read("workclass\n?\n Private\nNA\n");

    assertThat(texts(table, "workclass")).containsExactly("?", " Private", "NA");
  }

  @Test
  void numbers_above_a_first_text_keep_the_text_they_were_written_as() throws IOException {
    Table table = read("zip,age\n00501,1\n1.0,2\nNA,3\nK1A,4\n");

    assertThat(texts(table, "zip")).containsExactly("00501", "1.0", "NA", "K1A");
    assertThat(numbers(table, "age")).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_text_below_empty_cells_makes_a_text_column() throws IOException {
    Table table = read("a,b\n,1\n,2\nx,3\n");

    assertThat(texts(table, "a")).containsExactly("", "", "x");
  }

  @Test
  void a_column_that_must_be_text_keeps_its_digits() throws IOException {
    Table table =
        CsvTable.read(
            csv("code,age\n1,10\n01,11\n1.0,12\n"),
            TableOptions.defaults().withTextColumns(Set.of("code", "not there")));

    assertThat(texts(table, "code")).containsExactly("1", "01", "1.0");
    assertThat(numbers(table, "age")).containsExactly(10, 11, 12);
  }

  @Test
  void only_the_wanted_columns_are_loaded_in_the_order_of_the_file() throws IOException {
    Table table =
        CsvTable.read(
            csv("a,b,c\n1,inf,x\n2,3,y\n"), TableOptions.defaults().withColumns(Set.of("c", "a")));

    assertThat(table.names()).containsExactly("a", "c");
    assertThat(numbers(table, "a")).containsExactly(1, 2);
  }

  @Test
  void the_separator_is_found_in_the_header() throws IOException {
    assertThat(read("a;b, c;d\n1;2;3\n").names()).containsExactly("a", "b, c", "d");
    assertThat(read("a\tb\n1\t2\n").names()).containsExactly("a", "b");
    assertThat(read("\"a;b;c\",d\n1,2\n").names()).containsExactly("a;b;c", "d");
    assertThat(read("alone\n1\n").names()).containsExactly("alone");
  }

  @Test
  void a_given_separator_is_taken() throws IOException {
    Table table = CsvTable.read(csv("a,b;c\n1,2;3\n"), TableOptions.defaults().withSeparator(';'));

    assertThat(table.names()).containsExactly("a,b", "c");
  }

  @Test
  void quoted_cells_hold_separators_quotes_and_line_ends() throws IOException {
    Table table = read("name,age\r\n\"Smith, \"\"Jo\"\"\",\"31\"\r\n\"two\nlines\",32\r\n");

    assertThat(texts(table, "name")).containsExactly("Smith, \"Jo\"", "two\nlines");
    assertThat(numbers(table, "age")).containsExactly(31, 32);
  }

  @Test
  void a_byte_order_mark_blanks_in_the_header_and_empty_lines_are_skipped() throws IOException {
    Table table = read("\ufeffage, race\n1,x\n\n2,y\n\n");

    assertThat(table.names()).containsExactly("age", "race");
    assertThat(table.rows()).isEqualTo(2);
  }

  @Test
  void a_last_line_needs_no_end() throws IOException {
    assertThat(numbers(read("age\n1\n2"), "age")).containsExactly(1, 2);
  }

  @Test
  void a_gzip_file_reads_as_its_content_does() throws IOException {
    Path packed = folder.resolve("people.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("ärmel,b\nja,1\n".getBytes(StandardCharsets.UTF_8));
    }

    Table table = CsvTable.read(packed);

    assertThat(texts(table, "ärmel")).containsExactly("ja");
    assertThat(numbers(table, "b")).containsExactly(1);
  }

  @Test
  void many_rows_of_many_texts_are_read_as_they_were_written() throws IOException {
    // More rows, texts and bytes than any first buffer holds.
    SplittableRandom random = new SplittableRandom(1);
    List<String> names = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    StringBuilder content = new StringBuilder("name,score\n");
    for (int row = 0; row < 30_000; row++) {
      names.add("n" + random.nextInt(5_000));
      scores.add(random.nextDouble());
      content.append(names.get(row)).append(',').append(scores.get(row)).append('\n');
    }

    Table table = read(content.toString());

    assertThat(texts(table, "name")).isEqualTo(names);
    assertThat(((TextColumn) table.column("name")).dictionary()).doesNotHaveDuplicates();
    assertThat(numbers(table, "score"))
        .containsExactly(scores.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void the_adult_table_has_its_categories_verbatim() {
    Table table = CsvTable.read(RealData.file("tabular/adult/adult.csv.gz"));

    assertThat(table.rows()).isEqualTo(48_842);
    assertThat(numbers(table, "age")[0]).isEqualTo(39);
    // The nine categories of the deployed model's encoder.
    assertThat(((TextColumn) table.column("workclass")).dictionary())
        .containsExactlyInAnyOrder(
            "?",
            "Federal-gov",
            "Local-gov",
            "Never-worked",
            "Private",
            "Self-emp-inc",
            "Self-emp-not-inc",
            "State-gov",
            "Without-pay");
  }

  @Test
  void a_table_with_semicolons_needs_no_option() {
    Table table =
        CsvTable.read(
            RealData.file("tabular/credit-default/default_of_credit_card_clients.csv.gz"));

    assertThat(table.rows()).isEqualTo(30_000);
    assertThat(table.names()).hasSize(25).contains("LIMIT_BAL", "default payment next month");
  }
}
