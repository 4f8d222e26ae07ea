package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.findings;
import static org.evenhand.evidence.Pages.headings;
import static org.evenhand.evidence.Pages.parse;
import static org.evenhand.evidence.Pages.rows;
import static org.evenhand.evidence.Pages.text;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class UnlearningReportTest {
  @Test
  void an_edited_head_is_a_bias_repair_with_the_verdict_first() {
    Document page = parse(Report.of(UnlearningSamples.evidence()));

    assertThat(findings(page).get(0))
        .isEqualTo(
            "The deployed model's answers depend on race itself, more than is tolerated. After the"
                + " repair they are within tolerance.");
    assertThat(elements(page, "dt")).extracting(Element::getTextContent).contains("How sure");
    assertThat(headings(page))
        .containsExactly(
            "Verdict",
            "Whose decisions change",
            "Four-fifths check",
            "What gets better, what gets worse",
            "What to do next",
            "Accuracy of every group",
            "Rates of every value",
            "Counterfactual bias",
            "How it was done",
            "What could not be judged",
            "Cautions",
            "How to get this again");
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Bias repair of loans.onnx")
        .contains("Measured on 1,056 rows of the test split, not fitted on");
  }

  @Test
  void the_page_says_which_numbers_changed_and_from_what() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Update rulestep down the bias (direct)")
        .contains("Settings10 steps, ridge 0.001")
        .contains("Layerthe last Gemm, /head/Gemm")
        .contains("Tensorshead.weight head.bias")
        .contains("Numbers that may change66Every other byte of the model file stays as it is.")
        .contains("Rows of the training losstrain")
        .contains("How many3,100")
        .contains("Counterfactual pairs500")
        .contains("With none, accuracy is checked on the members of the pairs.");
    assertThat(rows(UnlearningSamples.evidence()))
        .contains("race = Black | 635 | 21 | 3.3\u00a0% | 20 | 1 | 12 | 9");
  }

  @Test
  void the_rules_are_compared_with_the_deployed_head() {
    assertThat(rows(UnlearningSamples.evidence()))
        .contains(
            "deployed | the head as it is | 6.15 points | 71.2\u00a0%",
            "external | swap the pairs' members | 2.42 points | 70.9\u00a0% | step 2.0, ridge 0.001",
            "direct | step down the bias | 1.35 points | 71.1\u00a0% | 10 steps, ridge 0.001");
  }

  @Test
  void predicted_cross_validated_and_measured_change_are_all_on_the_page() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Predicted change of the bias−6.10 points")
        .contains("Cross-validated change of the bias−4.80 points");
    assertThat(rows(UnlearningSamples.evidence()))
        .anyMatch(row -> row.startsWith("deployed model | 6.40 |"))
        .anyMatch(row -> row.startsWith("edited | 1.20 |"));
  }

  @Test
  void the_certificate_says_in_words_when_to_worry() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Condition number310Worry above 10¹².")
        .contains("Training gradient3.20\u00a0×\u00a010⁻⁷Worry if it is not small against 1.");
    assertThat(text(UnlearningSamples.singular())).contains("Condition number∞");
  }

  @Test
  void the_methods_cautions_are_on_the_page() {
    assertThat(text(UnlearningSamples.evidence())).contains("The pairs come from 500 rows only.");
  }

  @Test
  void what_got_worse_is_said() {
    assertThat(Cautions.of(UnlearningSamples.harmful()))
        .contains(
            "Counterfactual bias by 'race' is higher with the repair than without it on the test rows.",
            "Model Bias by 'race' is higher with the repair than without it on the test rows.",
            "Worst group accuracy by 'race' is lower with the repair than without it on the test rows.",
            "Overall accuracy is lower with the repair than without it on the test rows.");
    assertThat(Cautions.of(UnlearningSamples.evidence()))
        .noneMatch(caution -> caution.contains("with the repair than without it"));
  }

  @Test
  void a_declined_edit_shows_the_deployed_model_and_what_the_edit_would_have_done() {
    String page = text(UnlearningSamples.declined());

    assertThat(headings(parse(Report.of(UnlearningSamples.declined()))))
        .contains("How it was tried");
    assertThat(page)
        .contains("The repair was declined. Every edit costs more accuracy")
        .contains("No repaired model was written")
        .contains("What the repair would have done")
        .doesNotContain("After the repair");
    assertThat(rows(UnlearningSamples.declined()))
        .anyMatch(row -> row.startsWith("deployed model | 6.40 | 6.20 to 6.60 | 16.1 |"))
        .anyMatch(row -> row.startsWith("edited | 1.20 | 1.10 to 1.30 | 2.2 |"));
  }

  @Test
  void a_declined_edit_that_was_forced_shows_both_models() {
    assertThat(text(UnlearningSamples.forced()))
        .contains("written all the same, because that was forced")
        .contains("After the repair it is within tolerance.")
        .contains("Before and after side by side")
        .doesNotContain("What the repair would have done");
  }

  @Test
  void the_page_tells_how_to_make_the_edit_again() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("evenhand unlearn --model models/loans.onnx")
        .contains("out/edited.onnx")
        .contains("ef".repeat(32));
  }
}
