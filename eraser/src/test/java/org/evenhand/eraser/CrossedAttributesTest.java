package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CoreException;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;

class CrossedAttributesTest {
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final List<String> NAMES = List.of("town", "sex");

  /** Rows whose answers lean by 1.5 nats for one attribute and by 1 for the other. */
  private record World(LabelledSet set, Answers.Soft answers) {
    static World draw(int rows, long seed) {
      Random random = new Random(seed);
      int[] targets = new int[rows];
      int[][] values = new int[2][rows];
      int[] both = new int[rows];
      double[] logits = new double[2 * rows];
      for (int row = 0; row < rows; row++) {
        targets[row] = random.nextInt(2);
        values[0][row] = random.nextInt(2);
        values[1][row] = random.nextInt(2);
        both[row] = 2 * values[0][row] + values[1][row];
        double evidence = (targets[row] == 1 ? 1 : -1) + random.nextGaussian();
        logits[2 * row + 1] = 2 * evidence + 1.5 * values[0][row] - values[1][row];
      }
      List<String> texts = List.of("0", "1");
      return new World(
          LabelledSet.of(
              Table.of(List.of(new TextColumn("both", List.of("00", "01", "10", "11"), both))),
              new Target("y", CLASSES, targets),
              List.of(
                  new Attribute("town", texts, values[0]), new Attribute("sex", texts, values[1]))),
          Answers.Soft.ofLogits(CLASSES, logits));
    }

    double bias(String attribute, int[] decisions) {
      return GroupSummary.of(set.target(), set.attribute(attribute), decisions, set.weights())
          .modelBias();
    }
  }

  @Test
  void equal_odds_for_two_attributes_at_once_lower_the_bias_of_both() {
    World seen = World.draw(6_000, 1);
    World unseen = World.draw(20_000, 2);
    int[] before = unseen.answers().decisions(DecisionRule.MOST_PROBABLE);

    Proposal proposal =
        new EqualOdds(new OracleTrainer("both"))
            .propose(RepairTask.of(seen.set(), seen.answers(), NAMES));
    int[] after =
        ((Correction) proposal.change())
            .apply(unseen.answers(), unseen.set().inputs())
            .decisions(DecisionRule.MOST_PROBABLE);

    assertThat(proposal.attributes()).isEqualTo(NAMES);
    assertThat(unseen.bias("town", before)).isGreaterThan(0.1);
    assertThat(unseen.bias("sex", before)).isGreaterThan(0.05);
    assertThat(unseen.bias("town", after)).isLessThan(0.03);
    assertThat(unseen.bias("sex", after)).isLessThan(0.03);
  }

  @Test
  void rare_combinations_are_left_out_and_named() {
    World world = World.draw(400, 3);
    int[] town = world.set().attribute("town").codes();
    int[] sex = world.set().attribute("sex").codes().clone();
    int kept = 0;
    for (int row = 0; row < town.length; row++) {
      // All but four of the people of town 1 are of sex 0.
      if (town[row] == 1 && sex[row] == 1 && ++kept > 4) {
        sex[row] = 0;
      }
    }
    LabelledSet rows =
        new LabelledSet(
            world.set().inputs(),
            world.set().target(),
            List.of(world.set().attribute("town"), new Attribute("sex", List.of("0", "1"), sex)),
            world.set().weights());

    CrossedAttributes crossed = CrossedAttributes.of(RepairTask.of(rows, world.answers(), NAMES));

    assertThat(crossed.task().attributes()).containsExactly("town and sex");
    assertThat(crossed.task().rows().attribute("town and sex").values())
        .containsExactly("0, 0", "0, 1", "1, 0");
    assertThat(crossed.warnings())
        .singleElement()
        .asString()
        .startsWith("Of 'town and sex' the value '1, 1' has only ");
  }

  @Test
  void one_attribute_alone_stays_as_it_is() {
    World world = World.draw(50, 4);
    RepairTask task = RepairTask.of(world.set(), world.answers(), List.of("town"));

    assertThat(CrossedAttributes.of(task).task()).isSameAs(task);
  }

  @Test
  void attributes_known_by_probabilities_only_are_refused() {
    World world = World.draw(4, 5);
    Attribute probable =
        new Attribute(
            "sex",
            List.of("0", "1"),
            new int[4],
            Optional.of(new double[] {0.6, 0.4, 0.7, 0.3, 0.8, 0.2, 0.9, 0.1}));
    LabelledSet rows =
        new LabelledSet(
            world.set().inputs(),
            world.set().target(),
            List.of(world.set().attribute("town"), probable),
            world.set().weights());

    assertThatThrownBy(() -> CrossedAttributes.of(RepairTask.of(rows, world.answers(), NAMES)))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "'town' and 'sex' cannot be crossed where values are known by probabilities only: those of one say nothing of how it goes with the other.");
  }
}
