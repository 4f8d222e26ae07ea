package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeadTest {
  private static final Classes CLASSES = Classes.of("no", "yes");

  @Test
  void a_softmax_head_answers_with_the_softmax_of_its_logits() {
    Head head =
        new Head(
            CLASSES,
            new DenseLayer(2, 2, new float[] {1, 0, 0, 2}, new float[] {0.5f, 0}),
            true,
            Head.Link.SOFTMAX);

    Answers.Soft answers = head.answers(new double[] {1, 1, 0, -1});

    // Logits (1.5, 2) and (0.5, −2): log softmax of the second class by hand.
    assertThat(answers.logProbabilities()[1])
        .isCloseTo(-Math.log(1 + Math.exp(-0.5)), within(1e-12));
    assertThat(answers.logProbabilities()[3])
        .isCloseTo(-Math.log(1 + Math.exp(2.5)), within(1e-12));
  }

  @Test
  void a_sigmoid_head_answers_with_the_probability_of_the_second_class() {
    Head head =
        new Head(
            CLASSES,
            new DenseLayer(1, 1, new float[] {2}, new float[] {0}),
            false,
            Head.Link.SIGMOID);

    Answers.Soft answers = head.answers(new double[] {0.75});

    assertThat(answers.logProbabilities()[1])
        .isCloseTo(-Math.log(1 + Math.exp(-1.5)), within(1e-12));
    assertThat(head.parameters()).isEqualTo(1);
  }

  @Test
  void a_layer_that_does_not_fit_the_classes_is_refused() {
    DenseLayer layer = new DenseLayer(1, 3, new float[3], new float[3]);

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new Head(CLASSES, layer, true, Head.Link.SOFTMAX))
        .withMessage("A SOFTMAX head over 2 classes does not fit a layer of 3 outputs.");
  }

  @Test
  void features_of_another_length_are_refused() {
    Head head =
        new Head(
            CLASSES, new DenseLayer(2, 2, new float[4], new float[2]), false, Head.Link.SOFTMAX);

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> head.answers(new double[3]))
        .withMessage("3 numbers are not rows of 2 features.");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> head.with(new DenseLayer(3, 2, new float[6], new float[2])))
        .withMessage("The head reads 2 features, but the edited layer reads 3.");
  }
}
