package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.ScoreReading.Scale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreReadingTest {
  private static final Classes CLASSES = Classes.of("bad", "good");

  private static ScoreReading reading(
      Scale scale, @Nullable String about, @Nullable Double threshold) {
    return new ScoreReading(scale, Optional.ofNullable(about), Optional.ofNullable(threshold));
  }

  private static Table scores(double... values) {
    return Table.of(List.of(new NumericColumn("s", values)));
  }

  private static int[] decisions(ScoreReading reading, double... values) {
    return reading.answers(scores(values), "s", CLASSES).decisions(reading.rule("s", CLASSES));
  }

  private static double second(ScoreReading reading, double score) {
    return Math.exp(reading.answers(scores(score), "s", CLASSES).logProbabilities()[1]);
  }

  @Test
  void a_score_of_any_scale_but_points_becomes_a_probability() {
    assertThat(second(reading(Scale.PROBABILITY, null, null), 0.3)).isCloseTo(0.3, within(1e-12));
    assertThat(second(reading(Scale.PERCENT, null, null), 30)).isCloseTo(0.3, within(1e-12));
    assertThat(second(reading(Scale.LOGIT, null, null), Math.log(3.0 / 7)))
        .isCloseTo(0.3, within(1e-12));
    assertThat(second(reading(Scale.PERCENT, "bad", null), 30)).isCloseTo(0.7, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "PROBABILITY, 0.62, 0.61, 0.63", "PROBABILITY, 0.1, 0.09, 0.11",
    "PERCENT, 37, 36.9, 37.1", "PERCENT, 7, 6.9, 7.1",
    "LOGIT, -1.3, -1.31, -1.29", "LOGIT, 0, -0.01, 0.01",
    "POINTS, 600, 599, 601", "POINTS, -3, -1000000, -2.999"
  })
  void a_score_at_the_threshold_is_decided_for_its_class_whichever_comes_first(
      Scale scale, double threshold, double below, double above) {
    assertThat(decisions(reading(scale, null, threshold), below, threshold, above))
        .containsExactly(0, 1, 1);
    assertThat(decisions(reading(scale, "good", threshold), below, threshold, above))
        .containsExactly(0, 1, 1);
    assertThat(decisions(reading(scale, "bad", threshold), below, threshold, above))
        .containsExactly(1, 0, 0);
  }

  @Test
  void equally_probable_classes_are_decided_against_the_class_of_the_score() {
    assertThat(decisions(reading(Scale.PROBABILITY, null, null), 0.5)).containsExactly(0);
    assertThat(decisions(reading(Scale.PROBABILITY, "bad", null), 0.5)).containsExactly(1);
    assertThat(decisions(reading(Scale.LOGIT, "bad", null), 0)).containsExactly(1);
  }

  @Test
  void points_keep_their_order() {
    Answers.Soft answers =
        reading(Scale.POINTS, null, 600.0)
            .answers(scores(300, 599.5, 600, 600.5, 850), "s", CLASSES);

    double[] logs = answers.logProbabilities();
    for (int row = 1; row < answers.rows(); row++) {
      assertThat(logs[2 * row + 1]).isGreaterThan(logs[2 * row - 1]);
    }
  }

  @Test
  void all_points_at_the_threshold_are_decided_alike() {
    assertThat(decisions(reading(Scale.POINTS, null, 600.0), 600, 600)).containsExactly(1, 1);
  }

  @Test
  void points_without_a_threshold_are_decided_from_above_the_median_on() {
    ScoreReading reading = reading(Scale.POINTS, null, null);

    assertThat(decisions(reading, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1);
    assertThat(decisions(reading, 1, 2, 3)).containsExactly(0, 0, 1);
    assertThat(decisions(reading, 1, 2, 2, 2)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void what_a_score_cannot_be_is_refused_with_what_would_help() {
    assertThatThrownBy(
            () -> reading(Scale.PROBABILITY, null, null).answers(scores(0.5, 38.9), "s", CLASSES))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Column 's', data row 2: the score is 38.9; expected the probability of class 'good', between 0 and 1.");
    assertThatThrownBy(() -> reading(Scale.PERCENT, "bad", null).answers(scores(101), "s", CLASSES))
        .hasMessage(
            "Column 's', data row 1: the score is 101; expected the probability of class 'bad', between 0 and 100.");
    assertThatThrownBy(
            () -> reading(Scale.LOGIT, null, null).answers(scores(Double.NaN), "s", CLASSES))
        .hasMessage("Column 's', data row 1: the score is missing; expected a finite number.");
  }

  @Test
  void a_threshold_outside_the_scale_is_refused() {
    assertThatThrownBy(() -> reading(Scale.PERCENT, null, 100.0))
        .hasMessage(
            "The threshold is 100.0; for a probability in percent it must lie strictly between 0 and 100.");
    assertThatThrownBy(() -> reading(Scale.LOGIT, null, Double.NaN))
        .hasMessage("The threshold is NaN; for log-odds it must be a finite number.");
  }

  @Test
  void a_class_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> reading(Scale.LOGIT, "worse", null).about("s", CLASSES))
        .hasMessage(
            "The scores in column 's' cannot be about class 'worse'; the classes are bad, good.");
  }
}
