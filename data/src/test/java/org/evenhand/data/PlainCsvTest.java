package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts read at the same time give what one pass gives, or leave the file to it. */
class PlainCsvTest {
  private static final int BLOCK = 64;
  private static final List<String> USUAL =
      List.of("1", "-2.5e1", "", "NA", "0.12345678901234567", " 7 ", "-0.0");
  private static final List<String> TEXTS =
      List.of("north", "süd", "東", "", " blank ", "1", "a b", "N/A", "😀");
  private static final List<String> RARE =
      List.of("\"", "\"x\"", "a\"b", "\"a,b\"", "\"a\nb\"", "inf", "word", "\r", "a\rb");

  private final Path file;

  PlainCsvTest(@TempDir Path folder) {
    file = folder.resolve("rows.csv");
  }

  private Optional<Table> plain(String text, int parts) throws IOException {
    Files.writeString(file, text);
    try (CsvInput input = CsvInput.open(file)) {
      return new PlainCsv(file, TableOptions.defaults(), ',', BLOCK)
          .read(input.start(), input.skipped(), parts);
    }
  }

  /** Short files are read in one pass; empty if they are refused. */
  private Optional<Table> onePass(String text) throws IOException {
    Files.writeString(file, text);
    try {
      return Optional.of(CsvTable.read(file, TableOptions.defaults().withSeparator(',')));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  private static void requireEqual(Table actual, Table expected) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      Column column = expected.column(name);
      if (column instanceof TextColumn text) {
        assertThat(actual.column(name)).isInstanceOf(TextColumn.class);
        TextColumn other = (TextColumn) actual.column(name);
        assertThat(other.dictionary()).isEqualTo(text.dictionary());
        assertThat(other.codes()).isEqualTo(text.codes());
      } else {
        assertThat(actual.column(name)).isInstanceOf(NumericColumn.class);
        assertThat(((NumericColumn) actual.column(name)).values())
            .isEqualTo(((NumericColumn) column).values());
      }
    }
  }

  private static String random(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    boolean rare = random.nextInt(3) == 0;
    text.append("a,b,c").append(lineEnd);
    int rows = random.nextInt(40);
    for (int row = 0; row < rows; row++) {
      text.append(random.nextInt(12) == 0 ? lineEnd : "");
      int cells = rare && random.nextInt(40) == 0 ? 2 + 2 * random.nextInt(2) : 3;
      for (int cell = 0; cell < cells; cell++) {
        List<String> from = rare && random.nextInt(30) == 0 ? RARE : cell == 1 ? TEXTS : USUAL;
        text.append(cell == 0 ? "" : ",").append(from.get(random.nextInt(from.size())));
      }
      text.append(row < rows - 1 || random.nextBoolean() ? lineEnd : "");
    }
    return text.toString();
  }

  @Test
  void random_files_give_the_same_table_in_parts_or_are_left_to_one_pass() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int read = 0;
    for (int i = 0; i < 2000; i++) {
      String text = random(random);
      Optional<Table> parts = plain(text, 1 + random.nextInt(4));
      Optional<Table> expected = onePass(text);
      if (parts.isPresent()) {
        assertThat(expected).as(text).isPresent();
        requireEqual(parts.get(), expected.get());
        read++;
      }
    }

    assertThat(read).isGreaterThan(500);
  }

  @Test
  void texts_keep_the_order_of_their_first_appearance_in_the_file() throws IOException {
    Table table = plain("b\n" + "y\n".repeat(100) + "x\ny\nz\n".repeat(50), 3).orElseThrow();

    assertThat(((TextColumn) table.column("b")).dictionary()).containsExactly("y", "x", "z");
    assertThat(table.rows()).isEqualTo(250);
  }

  @Test
  void a_column_that_is_text_in_one_part_only_is_left_to_one_pass() throws IOException {
    assertThat(plain("b\n" + "1\n".repeat(100) + "x\n".repeat(100), 2)).isEmpty();
  }

  @Test
  void a_line_that_does_not_fit_into_a_block_is_left_to_one_pass() throws IOException {
    assertThat(plain("b\n1\n" + "7".repeat(2 * BLOCK) + "\n", 1)).isEmpty();
  }

  @Test
  void an_error_in_a_large_file_names_its_line() throws IOException {
    int rows = 300_000;
    Files.writeString(file, "a,b\n" + "1,x\n".repeat(rows) + "1\n" + "1,x\n");

    assertThat(Files.size(file)).isGreaterThan(PlainCsv.LARGE);
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line %d: expected 2 cells".formatted(rows + 2));
  }

  @Test
  void a_large_file_has_all_rows_in_their_order() throws IOException {
    StringBuilder text = new StringBuilder("row,b\n");
    int rows = 200_000;
    for (int row = 0; row < rows; row++) {
      text.append(row).append(row % 2 == 0 ? ",even\n" : ",odd\n");
    }
    Files.writeString(file, text);
    assertThat(Files.size(file)).isGreaterThan(PlainCsv.LARGE);

    Table table = CsvTable.read(file);

    double[] numbers = ((NumericColumn) table.column("row")).values();
    assertThat(numbers).hasSize(rows);
    for (int row = 0; row < rows; row++) {
      assertThat(numbers[row]).isEqualTo(row);
    }
  }
}
