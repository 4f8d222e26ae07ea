package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;

class RememberedFeaturesTest {
  private static final Classes CLASSES = Classes.of("no", "yes");

  /** One number, whose logit it is; the label is yes from a logit of 1 on. */
  private static final class Threshold implements HeadedClassifier {
    @Override
    public Head head() {
      DenseLayer layer = new DenseLayer(1, 1, new float[] {1}, new float[] {0});
      return new Head(CLASSES, layer, true, Head.Link.SIGMOID);
    }

    @Override
    public double[] features(Table inputs) {
      return ((NumericColumn) inputs.column("z")).values();
    }

    @Override
    public Answers.Soft answer(Table inputs) {
      double[] logits = features(inputs);
      int[] labels = new int[logits.length];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = logits[row] >= 1 ? 1 : 0;
      }
      return head().answers(logits).withLabels(labels);
    }

    @Override
    public Classes classes() {
      return CLASSES;
    }

    @Override
    public List<InputColumn> inputs() {
      return List.of(new InputColumn("z", InputColumn.Kind.NUMBER, List.of()));
    }

    @Override
    public String describe() {
      return "a threshold";
    }

    @Override
    public List<String> warnings(Table table) {
      return List.of();
    }

    @Override
    public Provenance.Artefact artefact() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void labels_that_do_not_follow_from_the_scores_are_kept() {
    Table rows = Table.of(List.of(new NumericColumn("z", new double[] {-1, 0.5, 2})));

    try (RememberedFeatures model = new RememberedFeatures(new Threshold())) {
      Answers.Soft answers = model.answer(rows);
      assertThat(answers.decisions(DecisionRule.OF_MODEL)).containsExactly(0, 0, 1);
      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(0, 1, 1);
    }
  }
}
