package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.datasets.ColoredMnist;
import org.evenhand.datasets.ColoredMnist.Colouring;
import org.junit.jupiter.api.Test;

/** On the given digits. */
class ColoredTestDigitsTest {
  private static final Classes DIGITS =
      new Classes(IntStream.range(0, 10).mapToObj(String::valueOf).toList());

  private final ColoredMnist images =
      ColoredMnist.counterfactual(MnistParts.folder(GivenData.folder()), Colouring.FOREGROUND, 1);

  private final ColoredTestDigits digits = ColoredTestDigits.of(images, 1);

  private static Set<Integer> digitsOf(int[] which) {
    return Arrays.stream(which).map(image -> image / 10).boxed().collect(Collectors.toSet());
  }

  @Test
  void what_is_measured_was_learnt_from_by_nobody() {
    assertThat(digits.pairs().members()).hasSize(1_000);
    assertThat(digits.oracle()).hasSize(20_000);
    assertThat(digits.measured()).hasSize(80_000);
    assertThat(digitsOf(digits.measured()))
        .hasSize(8_000)
        .doesNotContainAnyElementsOf(digitsOf(digits.oracle()))
        .doesNotContainAnyElementsOf(digitsOf(digits.pairs().members()));
  }

  @Test
  void pairs_show_a_digit_in_its_own_colour_and_in_another() {
    int[] own = digits.pairs().own();
    int[] other = digits.pairs().other();
    for (int i = 0; i < own.length; i++) {
      assertThat(images.colour(own[i])).isEqualTo(images.digit(own[i]));
      assertThat(images.colour(other[i])).isNotEqualTo(images.digit(other[i]));
      assertThat(other[i] / 10).isEqualTo(own[i] / 10);
    }
  }

  /** Answers nine tenths of the probability to what is read of an image. */
  private List<Double> figures(IntUnaryOperator read) {
    double[] probabilities = new double[10 * digits.measured().length];
    Arrays.fill(probabilities, 0.1 / 9);
    for (int row = 0; row < digits.measured().length; row++) {
      probabilities[10 * row + read.applyAsInt(digits.measured()[row])] = 0.9;
    }
    Answers.Soft answers = Answers.Soft.ofProbabilities(DIGITS, probabilities, 1e-9);
    return digits.line("any", answers, new Cost(2, 3, 4)).figures();
  }

  @Test
  void who_reads_the_digit_is_right_in_every_colour() {
    assertThat(figures(images::digit)).containsExactly(1.0, 1.0, 0.0, 2.0, 3.0, 4.0);
  }

  @Test
  void who_reads_the_colour_is_right_where_it_is_the_digits_own() {
    List<Double> figures = figures(images::colour);

    assertThat(figures.get(0)).isEqualTo(0.1, within(1e-12));
    assertThat(figures.get(1)).isZero();
    assertThat(figures.get(2)).isEqualTo(0.9 - 0.1 / 9, within(1e-9));
  }
}
