package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class UnknownValuesTest {
  private static final Table TABLE =
      Table.of(
          List.of(
              TextColumn.of("y", List.of("no", "yes", "no", "yes", "no")),
              TextColumn.of("sex", List.of("f", "m", "Unknown", "f", "N/A")),
              TextColumn.of("age", List.of("25", "N/A", "61", "30", "")),
              new NumericColumn("score", new double[] {-9, 1, 2, 1, 2})));

  private static LabelledSet labelled(
      List<Bands> bands, List<String> attributes, String... unknown) {
    return new Labelling(
            Optional.of("y"),
            attributes,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            bands,
            UnknownValues.parse(List.of(unknown)))
        .apply(TABLE);
  }

  @Test
  void rows_of_such_values_are_in_no_group() {
    Attribute sex = labelled(List.of(), List.of("sex"), "Unknown,N/A").attribute("sex");

    assertThat(sex.values()).containsExactly("f", "m");
    assertThat(sex.codes()).containsExactly(0, 1, -1, 0, -1);
  }

  @Test
  void a_value_may_be_unknown_in_one_column_alone() {
    LabelledSet set =
        labelled(List.of(), List.of("sex", "score", "score,sex"), "sex=Unknown, N/A", "score=-9");

    assertThat(set.attribute("sex").codes()).containsExactly(0, 1, -1, 0, -1);
    assertThat(set.attribute("score").codes()).containsExactly(-1, 0, 1, 0, 1);
    assertThat(set.attribute("score,sex").values()).containsExactly("1, f", "1, m");
  }

  @Test
  void numbers_with_a_word_for_unknown_can_be_put_in_bands() {
    Attribute age =
        labelled(List.of(Bands.parse("age=40")), List.of("age"), "age=N/A").attribute("age");

    assertThat(age.size()).isEqualTo(2);
    assertThat(age.codes()).containsExactly(0, -1, 1, 0, -1);
  }

  @Test
  void the_model_still_sees_what_the_file_says() {
    LabelledSet set = labelled(List.of(), List.of("sex"), "Unknown");

    assertThat(((TextColumn) set.inputs().column("sex")).value(2)).isEqualTo("Unknown");
  }

  @Test
  void a_column_that_is_no_attribute_is_refused() {
    assertThatThrownBy(() -> labelled(List.of(), List.of("sex"), "race=Unknown"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Unknown values are given for column 'race', which is no protected attribute; the attributes are sex.");
  }

  @Test
  void naming_no_value_is_refused() {
    assertThatThrownBy(() -> UnknownValues.parse(List.of("sex=")))
        .hasMessage("The unknown values 'sex=' name none; expected VALUE,… or COLUMN=VALUE,….");
  }

  @Test
  void values_that_look_missing_or_alike_are_noted() {
    Table table =
        Table.of(
            List.of(
                TextColumn.of("y", List.of("a", "b", "a", "b")),
                TextColumn.of("g", List.of("Male", "male ", "nan", "not  disclosed"))));
    Labelling labelling = Labelling.of("y", List.of("g")).withClasses(Classes.of("a", "b"));

    assertThat(labelling.notes(table))
        .containsExactly(
            "column 'g': 'nan' looks like a missing value and counts as a group; if it is missing, declare 'nan' unknown.",
            "column 'g': 'not  disclosed' looks like a missing value and counts as a group; if it is missing, declare 'not  disclosed' unknown.",
            "column 'g': 'Male', 'male ' differ only in case or blanks and count as different groups; write them alike if they are one.");
  }

  @Test
  void declared_values_are_not_noted() {
    Labelling labelling =
        new Labelling(
            Optional.of("y"),
            List.of("sex"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            UnknownValues.parse(List.of("Unknown", "sex=N/A")));

    assertThat(labelling.notes(TABLE)).isEmpty();
  }
}
