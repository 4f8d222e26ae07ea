package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/** Labels computed by hand from the probabilities of class 1, one attribute value. */
class ContrastFormTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Two rows of class 0, then two of class 1. */
  private static final double[] SAID = {.1, .3, .6, .9};

  private static double[] labels(boolean many, boolean normalised, boolean geometric) {
    Classes classes = Classes.of("no", "yes");
    Attribute attribute = new Attribute("b", List.of("x"), new int[4]);
    LabelledSet set =
        LabelledSet.of(
            Table.of(List.of(new NumericColumn("x", new double[4]))),
            new Target("t", classes, new int[] {0, 0, 1, 1}),
            List.of(attribute));
    double[] logits =
        Arrays.stream(SAID).flatMap(p -> Arrays.stream(new double[] {0, logit(p)})).toArray();
    double[] labels =
        new ContrastForm(many, normalised, geometric)
            .labels(set, Answers.Soft.ofLogits(classes, logits), attribute, 1);
    double[] ofOne = new double[4];
    for (int row = 0; row < 4; row++) {
      assertThat(labels[2 * row] + labels[2 * row + 1]).isEqualTo(1, EXACT);
      ofOne[row] = labels[2 * row + 1];
    }
    return ofOne;
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  void log_probabilities_average_to_the_mean_of_logits() {
    // Equation (18) for two classes: half of the row's own logit and the mean of the other class's.
    double others = (logit(.6) + logit(.9)) / 2;
    assertThat(labels(true, false, true)[0]).isEqualTo(sigmoid((logit(.1) + others) / 2), EXACT);
    double mine = (logit(.1) + logit(.3)) / 2;
    assertThat(labels(true, false, true)[3]).isEqualTo(sigmoid((logit(.9) + mine) / 2), EXACT);
  }

  @Test
  void probabilities_average_as_they_are() {
    assertThat(labels(true, false, false)[0]).isEqualTo((.1 + .75) / 2, EXACT);
    assertThat(labels(true, false, false)[2]).isEqualTo((.6 + .2) / 2, EXACT);
  }

  @Test
  void one_contrast_is_a_row_of_the_other_class() {
    for (int row = 0; row < 2; row++) {
      double own = logit(SAID[row]);
      assertThat(labels(false, false, true)[row])
          .satisfiesAnyOf(
              label -> assertThat(label).isEqualTo(sigmoid((own + logit(.6)) / 2), EXACT),
              label -> assertThat(label).isEqualTo(sigmoid((own + logit(.9)) / 2), EXACT));
    }
  }

  @Test
  void rows_of_a_group_share_the_mean_of_their_labels() {
    double[] each = labels(true, false, true);
    double[] shared = labels(true, true, true);
    assertThat(shared[0]).isEqualTo((each[0] + each[1]) / 2, EXACT).isEqualTo(shared[1]);
    assertThat(shared[2]).isEqualTo((each[2] + each[3]) / 2, EXACT).isEqualTo(shared[3]);
    assertThat(shared[0]).isNotCloseTo(shared[2], within(1e-4));
  }
}
