package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("race", "sex", "two_year_recid", "African-American", "--attribute", "--target");

  @ParameterizedTest
  @CsvSource({
    "Race, race",
    "rcae, race",
    "sexx, sex",
    "two-year-recid, two_year_recid",
    "african american, African-American",
    "--atribute, --attribute",
    "--attributes, --attribute",
    "--tagret, --target"
  })
  void a_slip_is_understood(String typed, String meant) {
    assertThat(Spelling.nearest(typed, KNOWN)).contains(meant);
    assertThat(Spelling.question(typed, KNOWN)).isEqualTo(" Did you mean '" + meant + "'?");
  }

  @Test
  void something_else_is_not_guessed() {
    assertThat(Spelling.nearest("income", KNOWN)).isEmpty();
    assertThat(Spelling.question("income", KNOWN)).isEmpty();
    assertThat(Spelling.nearest("c", List.of("a", "b"))).isEmpty();
    assertThat(Spelling.nearest("A", List.of("a", "b"))).contains("a");
  }
}
