package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossSumsTest {
  private static final HeadShape SHAPE = new HeadShape(3, 3, 5);
  private final RandomHead world = new RandomHead(SHAPE, 600, 1);

  private LossSums of(int from, int to) {
    return LossSums.of(
        SHAPE, world.parameters(), world.rows().select(IntStream.range(from, to).toArray()));
  }

  @Test
  void sums_of_parts_add_up_to_those_of_all_rows() {
    LossSums all = of(0, 600);

    LossSums added = of(0, 1).plus(of(1, 250)).plus(of(250, 600));

    assertThat(added.rows()).isEqualTo(600);
    assertThat(added.weight()).isCloseTo(all.weight(), within(1e-9));
    assertThat(added.meanSquare()).isCloseTo(all.meanSquare(), within(1e-12));
    assertThat(added.gradient()).containsExactly(all.gradient(), within(1e-9));
    assertThat(added.hessian()).containsExactly(all.hessian(), within(1e-9));
    assertThat(added.gradientNorm()).isCloseTo(all.gradientNorm(), within(1e-12));
  }

  @Test
  void they_solve_and_rank_as_a_trained_head_does() {
    BiasFunction bias = new CounterfactualBiasFunction(world.pairs());
    LossSums added = of(0, 250).plus(of(250, 600));
    HessianSolver solver = added.solver(1e-3);
    assertThat(solver.ridge()).isCloseTo(of(0, 600).solver(1e-3).ridge(), within(1e-9));

    RowInfluence influence = new InfluenceOnBias(SHAPE, world.parameters(), solver).rows(bias);
    double[] whole =
        new InfluenceOnBias(SHAPE, world.parameters(), of(0, 600).solver(1e-3))
            .of(bias, world.rows());

    assertThat(influence.of(world.rows())).containsExactly(whole, within(1e-12));
  }

  @Test
  void rows_of_another_width_are_refused() {
    HeadRows narrow = new HeadRows(4, new double[8], new int[2], new double[] {1, 1});

    assertThatThrownBy(() -> LossSums.of(SHAPE, world.parameters(), narrow))
        .isInstanceOf(UnlearningException.class)
        .hasMessage(
            "The head reads 5 features, but there are 2 rows of 4 to form its Hessian from.");
  }
}
