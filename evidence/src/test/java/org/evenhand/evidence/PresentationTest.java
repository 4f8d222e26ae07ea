package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that people read in place of codes. */
class PresentationTest {
  private static final Presentation NAMED =
      new Presentation(
          Optional.empty(),
          Optional.empty(),
          "income",
          Map.of(
              "income", Map.of("0", "<=50K", "1", ">50K"),
              "sex", Map.of("1", "female", "2", "male"),
              "race", Map.of("1", "White")));

  @Test
  void classes_and_values_have_names_of_their_own() {
    assertThat(NAMED.classLabel("1")).isEqualTo(">50K");
    assertThat(NAMED.valueLabel("sex", "1")).isEqualTo("female");
  }

  @Test
  void what_has_no_label_is_shown_as_it_is() {
    assertThat(NAMED.classLabel("2")).isEqualTo("2");
    assertThat(NAMED.valueLabel("race", "2")).isEqualTo("2");
    assertThat(NAMED.valueLabel("age", "1")).isEqualTo("1");
    assertThat(Presentation.NONE.classLabel("1")).isEqualTo("1");
  }

  @Test
  void the_parts_of_a_crossed_value_keep_their_labels() {
    assertThat(NAMED.valueLabel("race,sex", "1, 2")).isEqualTo("White, male");
    assertThat(NAMED.valueLabel("race,sex", "3, 1")).isEqualTo("3, female");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "between sex = 1 and 2 where income = 0, above | between sex = female and male where income = <=50K, above",
        "100 with sex = 2, income = 1; 90 with sex = 1. | 100 with sex = male, income = >50K; 90 with sex = female.",
        "The error of race = 1 rises from 1.0 | The error of race = White rises from 1.0",
        "race = 2 and 1 where income = 3 | race = 2 and White where income = 3",
        "race = 1.5 and 10 where grace = 1 | race = 1.5 and 10 where grace = 1"
      })
  void sentences_are_told_with_labels(String sentence, String told) {
    assertThat(NAMED.inSentence(sentence)).isEqualTo(told);
  }
}
