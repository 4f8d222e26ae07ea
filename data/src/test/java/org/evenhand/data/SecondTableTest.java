package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondTableTest {
  private static final Path PEOPLE = Path.of("people.csv");

  private final Path file;

  SecondTableTest(@TempDir Path folder) {
    this.file = folder.resolve("restricted.csv");
  }

  private SecondTable second(String content) throws IOException {
    return new SecondTable(Files.writeString(file, content), "id");
  }

  private static Table people(String... ids) {
    return Table.of(List.of(TextColumn.of("id", List.of(ids))));
  }

  private void assertRefused(String content, String message, String... ids) throws IOException {
    SecondTable second = second(content);
    assertThatThrownBy(() -> second.columns(people(ids), PEOPLE, Set.of("race")))
        .isInstanceOf(DataException.class)
        .hasMessage(message.replace("{}", file.toString()));
  }

  @Test
  void columns_come_in_the_order_of_the_rows_and_are_empty_where_the_key_is_not_found()
      throws IOException {
    Table found =
        second("race,id,age,other\nw,3,30,x\nb,1,,y\n")
            .columns(people("1", "2", "3", "1", ""), PEOPLE, Set.of("race", "age"));

    assertThat(found.names()).containsExactly("race", "age");
    TextColumn race = (TextColumn) found.column("race");
    assertThat(List.of(0, 1, 2, 3, 4))
        .extracting(race::value)
        .containsExactly("b", "", "w", "b", "");
    assertThat(((NumericColumn) found.column("age")).values())
        .containsExactly(Double.NaN, Double.NaN, 30, Double.NaN, Double.NaN);
  }

  @Test
  void keys_of_many_digits_are_told_apart() throws IOException {
    // As doubles both would be 9007199254740992.
    Table found =
        second("id,race\n9007199254740992,w\n9007199254740993,b\n")
            .columns(people("9007199254740993"), PEOPLE, Set.of("race"));

    assertThat(((TextColumn) found.column("race")).value(0)).isEqualTo("b");
  }

  @Test
  void a_key_that_stands_twice_is_named_with_both_rows() throws IOException {
    assertRefused(
        "id,race\n1,w\n2,b\n1,w\n",
        "{}, column 'id', data row 3: the key '1' stands in data row 1 already; every key must be"
            + " there once.",
        "1");
  }

  @Test
  void an_empty_key_is_named_with_its_row() throws IOException {
    assertRefused(
        "id,race\n1,w\n,b\n",
        "{}, column 'id', data row 2: the key is empty; every row needs one.",
        "1");
  }

  @Test
  void a_missing_key_column_is_named_with_the_columns_that_there_are() throws IOException {
    SecondTable second = second("person,race\n1,w\n");

    assertThatThrownBy(second::header)
        .isInstanceOf(DataException.class)
        .hasMessage("%s has no key column 'id'; its columns are person, race.".formatted(file));
  }

  @Test
  void keys_of_another_type_are_refused_with_an_example_of_each() throws IOException {
    assertRefused(
        "id,race\nP-1,w\nP-2,b\n",
        "Column 'id' holds numbers in people.csv, such as '1', but text in {}, such as 'P-1'; write"
            + " the keys alike in both.",
        "1",
        "2",
        "");
  }

  @Test
  void no_key_in_common_is_refused_with_an_example_of_each() throws IOException {
    assertRefused(
        "id,race\n07,w\n08,b\n",
        "No key in column 'id' of people.csv is in {}; keys must be written alike in both, such as"
            + " '7' and '07'.",
        "7",
        "8");
  }
}
