package org.evenhand.unlearning;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Flip;
import org.evenhand.data.Labelling;
import org.evenhand.data.Tables;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.junit.jupiter.api.Test;

/** Influence against the truth, on real data: the 20 most harmful and 20 most helpful rows. */
class LeaveOneOutTest {
  private static final int EACH = 20;
  private static final double RELATIVE_RIDGE = 1e-3;

  @Test
  void influence_predicts_what_leaving_out_a_row_of_adult_does_to_the_bias() {
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(RealData.file("models/adult-mlp.onnx"))) {
      LabelledSet people = adult(model);
      HeadRows training = HeadRows.of(model, rows(people, 0, 8_000));
      PairRows pairs = PairRows.of(model, Flip.of("sex").pairs(rows(people, 8_000, 8_500)));

      assertPredicted(HeadShape.of(model.head()), training, pairs);
    }
  }

  @Test
  void influence_predicts_what_leaving_out_a_digit_does_to_the_bias() {
    assertPredicted(
        MarkedDigits.SHAPE, MarkedDigits.training(3_000), MarkedDigits.pairs(3_000, 500));
  }

  private static LabelledSet adult(OnnxHeadedClassifier model) {
    Table table = Tables.read(RealData.file("tabular/adult/adult.csv.gz"));
    return Labelling.of("income", List.of("sex")).withClasses(model.classes()).apply(table);
  }

  private static LabelledSet rows(LabelledSet people, int from, int to) {
    return people.select(IntStream.range(from, to).toArray());
  }

  private static void assertPredicted(HeadShape shape, HeadRows training, PairRows pairs) {
    double ridge = RELATIVE_RIDGE * HeadRows.meanSquare(training) * training.weight();
    LeaveOneOut left =
        LeaveOneOut.of(shape, training, new CounterfactualBiasFunction(pairs), ridge, EACH);

    SoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(left.pearson()).as("Pearson").isGreaterThan(0.9);
          softly.assertThat(left.spearman()).as("Spearman").isGreaterThan(0.9);
        });
  }
}
