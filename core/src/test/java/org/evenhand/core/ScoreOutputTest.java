package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.evenhand.core.ScoreOutput.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several outputs is taken for a model's answer, and what scores can be. */
class ScoreOutputTest {
  private static ScoreOutput output(String name, Layout layout, ScoreScale scale) {
    return new ScoreOutput(name, layout, scale, 2);
  }

  @Test
  void probabilities_of_all_classes_come_before_maps_logits_and_single_scores() {
    ScoreOutput matrix = output("m", Layout.MATRIX, ScoreScale.PROBABILITIES);
    ScoreOutput maps = output("maps", Layout.MAPS, ScoreScale.PROBABILITIES);
    ScoreOutput logits = output("logits", Layout.MATRIX, ScoreScale.LOGITS);
    ScoreOutput single = output("probability", Layout.SINGLE, ScoreScale.PROBABILITIES);

    assertThat(ScoreOutput.mostUsual(List.of(single, logits, maps, matrix))).isEqualTo(matrix);
    assertThat(ScoreOutput.mostUsual(List.of(single, logits, maps))).isEqualTo(maps);
    assertThat(ScoreOutput.mostUsual(List.of(single, logits))).isEqualTo(logits);
  }

  @Test
  void a_usual_name_decides_between_outputs_of_one_form() {
    ScoreOutput usual = output("Predict_Proba", Layout.MATRIX, ScoreScale.PROBABILITIES);
    ScoreOutput likely = output("class_probs", Layout.MATRIX, ScoreScale.PROBABILITIES);
    ScoreOutput other = output("x", Layout.MATRIX, ScoreScale.PROBABILITIES);
    ScoreOutput another = output("y", Layout.MATRIX, ScoreScale.PROBABILITIES);

    assertThat(ScoreOutput.mostUsual(List.of(other, likely, usual))).isEqualTo(usual);
    assertThat(ScoreOutput.mostUsual(List.of(other, likely))).isEqualTo(likely);
    assertThatThrownBy(() -> ScoreOutput.mostUsual(List.of(other, another)))
        .isInstanceOf(CoreException.class)
        .hasMessage("The outputs 'x', 'y' could each be the model's answer; choose one.");
  }

  @ParameterizedTest
  @CsvSource({
    "PROBABILITIES, 0.2,  0.8,  true",
    "PROBABILITIES, 0.2,  0.9,  false",
    "PROBABILITIES, -0.1, 1.1,  false",
    "SIGMOIDS,      0.2,  0.9,  true",
    "SIGMOIDS,      0.2,  1.1,  false",
    "LOGITS,        -3,   9,    true"
  })
  void scores_fit_their_scale_or_not(ScoreScale scale, double first, double second, boolean fits) {
    assertThat(scale.fits(new double[] {first, second})).isEqualTo(fits);
  }

  @Test
  void one_score_makes_both_classes() {
    assertThat(ScoreScale.PROBABILITIES.bothClasses(0.75)).containsExactly(0.25, 0.75);
    assertThat(ScoreScale.LOGITS.bothClasses(-2)).containsExactly(0, -2);
  }

  @Test
  void half_the_difference_of_two_mirrored_columns_is_the_logit() {
    Classes classes = Classes.of("no", "yes");
    double[] atZero = {-2, 2};
    double[] atHalf = {-1.5, 2.5};

    for (double[] pair : List.of(atZero, atHalf)) {
      assertThat(ScoreScale.areMirrored(pair)).isTrue();
      assertThat(ScoreScale.MIRRORED.answers(classes, pair).logProbabilities())
          .isEqualTo(ScoreScale.LOGITS.answers(classes, new double[] {0, 2}).logProbabilities());
    }
    assertThat(ScoreScale.areMirrored(new double[] {-2, 2, 0.5, 1})).isFalse();
    assertThat(ScoreScale.areMirrored(new double[] {0, 0})).isFalse();
  }
}
