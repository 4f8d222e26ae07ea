package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class KnownAttributesTest {
  private static final LabelledSet ROWS =
      ImageRows.withAttributes(
          LabelledSet.of(
              Table.of(List.of(new NumericColumn("x", new double[] {1, 2, 3, 4}))),
              new Target("t", Classes.of("no", "yes"), new int[] {0, 1, 0, 1}),
              List.of(
                  new Attribute("a", List.of("p", "q"), new int[] {0, 0, 1, 1}),
                  new Attribute("b", List.of("r", "s"), new int[] {1, 0, 0, 1}))));
  private static final double[] ONES = {1, 1, 1, 1};

  @Test
  void the_attribute_that_is_to_be_learned_is_told_for_certain() {
    double[] second = {0, 1, 1, 0, 1, 0, 0, 1};

    Patch patch = new KnownAttributes().train(ROWS.inputs(), second, 2, ONES, 1);

    double[] told = patch.logProbabilities(ROWS.inputs().select(new int[] {3, 1}));
    assertThat(Math.exp(told[1])).isEqualTo(1);
    assertThat(Math.exp(told[2])).isEqualTo(1);
    assertThat(Math.exp(told[0])).isLessThan(1e-9);
    assertThat(Math.exp(told[3])).isLessThan(1e-9);
  }

  @Test
  void what_is_no_attribute_cannot_be_told() {
    double[] soft = {0.5, 0.5, 1, 0, 0, 1, 0, 1};

    assertThatThrownBy(() -> new KnownAttributes().train(ROWS.inputs(), soft, 2, ONES, 1))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("A patch was to learn something else than an attribute.");
  }
}
