package org.evenhand.parquet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evenhand.data.Counting;
import org.evenhand.data.TableOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetErrorsTest {
  private final Path file;

  ParquetErrorsTest(@TempDir Path folder) {
    this.file = folder.resolve("people.parquet");
  }

  private void assertRefused(TableOptions options, String message) {
    assertRefused(() -> ParquetTable.read(file, options), message);
  }

  private void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(ParquetException.class)
        .hasMessage(message.replace("{}", file.toString()));
  }

  private static TableOptions all() {
    return TableOptions.defaults();
  }

  @Test
  void a_missing_file_is_refused() {
    assertRefused(all(), "There is no file {}.");
  }

  @Test
  void a_file_that_is_not_parquet_is_refused() throws IOException {
    Files.writeString(file, "age,race\n34,x\n");
    assertRefused(all(), "{} is not a Parquet file: it does not begin with 'PAR1'.");
    Files.writeString(file, "");
    assertRefused(all(), "{} is not a Parquet file: it does not begin with 'PAR1'.");
  }

  @Test
  void a_truncated_file_is_refused_wherever_it_ends() throws IOException {
    byte[] whole = Files.readAllBytes(Duck.write(file, "SELECT i FROM range(5000) t(i)"));
    for (int length : new int[] {4, 8, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(all(), "{} ends early: a Parquet file ends with 'PAR1'; copy it again.");
    }
  }

  @Test
  void damage_within_the_file_is_an_error_and_never_a_shorter_table() throws IOException {
    byte[] whole =
        Files.readAllBytes(Duck.write(file, "SELECT 'x' || i AS x FROM range(500000) t(i)"));
    byte[] page = whole.clone();
    for (int i = whole.length / 2; i < whole.length / 2 + 20_000; i++) {
      page[i] = (byte) (31 * i);
    }
    byte[] footer = whole.clone();
    Arrays.fill(footer, whole.length - 400, whole.length - 200, (byte) 0);

    for (byte[] damaged : List.of(page, footer)) {
      Files.write(file, damaged);
      assertThatThrownBy(() -> ParquetTable.read(file, all()))
          .isInstanceOf(ParquetException.class)
          .hasMessageMatching(".*people\\.parquet cannot be read: DuckDB says '[^\\n]+'\\.");
    }
  }

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() {
    Duck.write(file, "SELECT 1 AS age, 'x' AS race");

    assertRefused(
        all().withColumns(Set.of("rce", "age")),
        "{} has no column 'rce'; its columns are age, race. Did you mean 'race'?");
    assertRefused(
        all().withColumns(Set.of("AGE")),
        "{} has no column 'AGE'; its columns are age, race. Did you mean 'age'?");
  }

  @Test
  void a_column_that_is_neither_number_nor_text_is_named_with_its_type() {
    Duck.write(file, "SELECT 1 AS age, [1, 2] AS visits, {'x': 'y'} AS home, 'a'::BLOB AS photo");

    assertRefused(
        all(),
        "{}: column 'visits' has the type INTEGER[], which is neither a number nor a text; write it with another type or leave it out.");
    assertRefused(
        all().withColumns(Set.of("home")),
        "{}: column 'home' has the type STRUCT(x VARCHAR), which is neither a number nor a text; write it with another type or leave it out.");
    assertRefused(
        all().withColumns(Set.of("photo")).withTextColumns(Set.of("photo")),
        "{}: column 'photo' has the type BLOB, which is neither a number nor a text; write it with another type or leave it out.");
  }

  @Test
  void text_where_numbers_must_be_is_named_with_its_column() {
    Duck.write(file, "SELECT '34' AS age");

    assertRefused(
        all().withNumericColumns(Set.of("age")),
        "{}: column 'age' holds text (VARCHAR), but must be numeric; write it with a numeric type.");
  }

  @Test
  void an_infinite_number_is_named_with_its_row_and_column() {
    Duck.write(
        file,
        "SELECT CASE WHEN i = 4711 THEN '-inf'::DOUBLE ELSE i END AS x FROM range(9000) t(i)");
    String message =
        "{}, data row 4712, column 'x': the number is not finite; write null if the value is missing.";

    assertRefused(all(), message);
    assertRefused(
        () ->
            ParquetTable.countable(file)
                .count(new Counting(List.of("x"), Optional.empty(), Optional.empty())),
        message);
  }

  @Test
  void a_file_without_rows_is_refused() {
    Duck.write(file, "SELECT 1 AS age WHERE false");

    assertRefused(all(), "{} has columns but no rows.");
    assertRefused(
        () ->
            ParquetTable.countable(file)
                .count(new Counting(List.of("age"), Optional.empty(), Optional.empty())),
        "{} has columns but no rows.");
  }
}
