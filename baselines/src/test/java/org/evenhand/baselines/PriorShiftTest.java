package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.Target;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairException;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorShiftTest {
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final List<String> TOWN = List.of("town");
  private static final Table INPUTS =
      Table.of(List.of(new NumericColumn("x", new double[] {-2, -0.5, 0.5, 2})));

  /** Of the four rows, the first three are of class "no". */
  private static LabelledSet rows(double... weights) {
    return new LabelledSet(
        INPUTS,
        new Target("repaid", CLASSES, new int[] {0, 0, 0, 1}),
        List.of(new Attribute("town", List.of("east", "west"), new int[] {0, 1, 0, 1})),
        weights);
  }

  private static Answers.Soft answers(double... ofYes) {
    double[] probabilities = new double[2 * ofYes.length];
    for (int row = 0; row < ofYes.length; row++) {
      probabilities[2 * row] = 1 - ofYes[row];
      probabilities[2 * row + 1] = ofYes[row];
    }
    return Answers.Soft.ofProbabilities(CLASSES, probabilities, 1e-12);
  }

  private static Proposal propose(double... weights) {
    return new PriorShift()
        .propose(RepairTask.of(rows(weights), answers(0.1, 0.2, 0.3, 0.4), TOWN));
  }

  /** The log-odds of "yes" that the correction adds to every row. */
  private static double[] added(Proposal proposal) {
    double[] logs =
        ((Correction) proposal.change())
            .apply(answers(0.5, 0.5, 0.5, 0.5), INPUTS)
            .logProbabilities();
    return new double[] {
      logs[1] - logs[0], logs[3] - logs[2], logs[5] - logs[4], logs[7] - logs[6]
    };
  }

  @Test
  void the_log_odds_rise_by_those_of_the_other_class_in_the_calibration_rows() {
    assertThat(added(propose(1, 1, 1, 1))).containsOnly(added(propose(1, 1, 1, 1))[0]);
    assertThat(added(propose(1, 1, 1, 1))[0]).isCloseTo(Math.log(3), within(1e-6));
  }

  @Test
  void classes_of_equal_weight_leave_the_answers_alone() {
    assertThat(added(propose(1, 1, 1, 3))).containsExactly(new double[4], within(1e-7));
  }

  @Test
  void a_decision_changes_where_the_answer_was_above_the_class_share() {
    Correction shift = (Correction) propose(1, 1, 1, 1).change();

    int[] decisions =
        shift.apply(answers(0.24, 0.26, 0.6, 0.01), INPUTS).decisions(DecisionRule.MOST_PROBABLE);

    assertThat(decisions).containsExactly(0, 1, 1, 0);
  }

  @Test
  void a_class_without_rows_gets_no_infinite_shift() {
    assertThat(added(propose(1, 1, 1, 0))[0])
        .isCloseTo(-Math.log(Answers.FLOAT_FLOOR), within(1e-5));
  }

  @Test
  void the_proposal_says_what_is_added_and_offers_itself_as_a_reference_only() {
    Proposal proposal = propose(1, 1, 1, 1);

    FactTable table = (FactTable) proposal.details().get(0);
    assertThat(table.rows())
        .extracting(row -> ((Value.Text) row.get(0)).text())
        .containsExactly("no", "yes");
    assertThat(((Value.Quantity) table.rows().get(1).get(1)).number()).isEqualTo(0.25);
    assertThat(((Value.Quantity) table.rows().get(1).get(2)).number())
        .isCloseTo(Math.log(4), within(1e-6));
    assertThat(proposal.candidates()).isEmpty();
    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.cautions())
        .singleElement()
        .asString()
        .contains("a reference for other repairs");
  }

  @Test
  void labels_alone_cannot_be_shifted() {
    RepairTask labels =
        RepairTask.of(rows(1, 1, 1, 1), new Answers.Hard(CLASSES, new int[4]), TOWN);

    assertThatThrownBy(() -> new PriorShift().propose(labels))
        .isInstanceOf(RepairException.class)
        .hasMessageStartingWith("The model answers with labels only;");
  }

  @Test
  void the_written_model_answers_as_the_library_does(@TempDir Path folder) {
    Path model = folder.resolve("model.onnx");
    Path shifted = folder.resolve("shifted.onnx");
    NetworkExporter.exportClassifier(
        new PatchNetwork(
            TableEncoder.fit(INPUTS),
            List.of(new DenseLayer(1, 2, new float[] {-0.7f, 0.6f}, new float[] {0.1f, -0.2f}))),
        Map.of(),
        model);
    Correction shift = (Correction) propose(1, 1, 1, 1).change();

    double[] expected;
    try (OnnxClassifier deployed = OnnxClassifier.open(model)) {
      ChangeWriter.write(deployed, shift, DecisionRule.MOST_PROBABLE, Map.of(), shifted);
      expected = probabilities(shift.applyTo(deployed).answer(INPUTS));
    }
    try (OnnxClassifier fused = OnnxClassifier.open(shifted)) {
      assertThat(probabilities(fused.answer(INPUTS))).containsExactly(expected, within(1e-5));
    }
  }

  private static double[] probabilities(Answers answers) {
    return Arrays.stream(((Answers.Soft) answers).logProbabilities()).map(Math::exp).toArray();
  }
}
