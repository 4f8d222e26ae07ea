package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.headings;
import static org.evenhand.evidence.Pages.parse;
import static org.evenhand.evidence.Pages.rows;
import static org.evenhand.evidence.Pages.text;

import org.junit.jupiter.api.Test;

class UnlearningReportTest {
  @Test
  void an_edited_head_is_a_bias_repair_with_the_verdict_first() {
    assertThat(headings(parse(Report.of(UnlearningSamples.evidence()))))
        .containsExactly(
            "The deployed model is biased by race. After the repair it is within tolerance.",
            "Groups",
            "Group metrics",
            "Counterfactual bias",
            "What changed in the model",
            "What could not be judged",
            "Cautions",
            "How to reproduce");
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Bias repair of loans.onnx")
        .contains("Measured on 1,056 rows of the test split, not fitted on");
  }

  @Test
  void the_page_says_which_numbers_changed_and_from_what() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("step down the bias (direct)")
        .contains("the last Gemm, /head/Gemm")
        .contains("head.weight, head.bias")
        .contains("66 numbers may change; every other byte of the model file stays as it is")
        .contains("0.0423 in norm, 1.87\u00a0% of the norm of the deployed weights")
        .contains("3,100 rows of the train split")
        .contains("500 counterfactual pairs")
        .contains("the members of the pairs");
    assertThat(rows(UnlearningSamples.evidence()))
        .contains("race = Black | 635 | 21 | 3.3\u00a0% | 20 | 1");
  }

  @Test
  void the_rules_are_compared_with_the_deployed_head() {
    assertThat(rows(UnlearningSamples.evidence()))
        .contains(
            "deployed head | 6.15 | 71.2\u00a0%",
            "swap the pairs' members | external | 2.42 | 70.9\u00a0% | step 2.0, ridge 0.001",
            "step down the bias | direct | 1.35 | 71.1\u00a0% | 10 steps, ridge 0.001");
  }

  @Test
  void the_predicted_change_stands_beside_the_measured_one() {
    assertThat(rows(UnlearningSamples.evidence()))
        .contains(
            "predicted | to first order, on the pairs that it was made from | −6.10",
            "cross-validated | on pairs that the edit was not fitted to | −4.80",
            "measured | by race, on the test rows | −5.20");
  }

  @Test
  void the_certificate_says_in_words_when_to_worry() {
    assertThat(rows(UnlearningSamples.evidence()))
        .anyMatch(row -> row.matches("Ridge \\| 0.00100 \\| .*Worry near 1.*"))
        .anyMatch(row -> row.matches("Condition number \\| 310 \\| .*Worry above 10¹².*"))
        .anyMatch(row -> row.matches("Gradient residual \\| 0.0612 \\| .*Worry above 1.*"))
        .anyMatch(
            row -> row.matches("Training gradient \\| 3.20\u00a0×\u00a010⁻⁷ \\| .*Worry if.*"));
    assertThat(rows(UnlearningSamples.singular()))
        .anyMatch(row -> row.startsWith("Condition number | ∞ |"));
  }

  @Test
  void every_edit_comes_with_what_it_does_not_do() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("bias through such proxies is neither measured by it nor removed by this edit")
        .contains("Model Bias and the accuracy of single groups may rise or fall")
        .contains("validate it as you would a new one")
        .contains("The pairs come from 500 rows only.");
  }

  @Test
  void a_hessian_of_other_than_the_training_rows_is_said_to_be_one() {
    String caution = "The Hessian comes from the calibration rows, not from those that the model";

    assertThat(text(UnlearningSamples.declined())).contains(caution);
    assertThat(text(UnlearningSamples.evidence())).doesNotContain("The Hessian comes from");
  }

  @Test
  void what_got_worse_is_said() {
    assertThat(text(UnlearningSamples.harmful()))
        .contains(
            "Counterfactual bias by 'race' is higher with the edit than without it on the test rows.")
        .contains("Model Bias by 'race' is higher with the edit than without it on the test rows.")
        .contains("The worst group of 'race' is less accurate with the edit than without it")
        .contains("Overall accuracy is lower with the edit than without it on the test rows.");
    assertThat(text(UnlearningSamples.evidence())).doesNotContain("with the edit than without it");
  }

  @Test
  void a_declined_edit_shows_the_deployed_model_and_what_the_edit_would_have_done() {
    String page = text(UnlearningSamples.declined());

    assertThat(headings(parse(Report.of(UnlearningSamples.declined()))))
        .startsWith("The model is biased by race.")
        .contains("What was tried");
    assertThat(page)
        .contains("The repair was declined. Every edit costs more accuracy")
        .contains("No repaired model was written")
        .contains("What the edit would have done")
        .doesNotContain("After the repair");
    assertThat(rows(UnlearningSamples.declined()))
        .anyMatch(row -> row.startsWith("deployed model | 6.40 | 6.20 to 6.60 | 16.1 |"))
        .anyMatch(row -> row.startsWith("edited model | 1.20 | 1.10 to 1.30 | 2.2 |"));
  }

  @Test
  void a_declined_edit_that_was_forced_shows_both_models() {
    assertThat(text(UnlearningSamples.forced()))
        .contains("written all the same, because that was forced")
        .contains("After the repair it is within tolerance.")
        .contains("What changed in the model")
        .doesNotContain("What the edit would have done");
  }

  @Test
  void the_page_tells_how_to_make_the_edit_again() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("evenhand unlearn --model models/loans.onnx")
        .contains("out/edited.onnx")
        .contains("ef".repeat(32));
  }
}
