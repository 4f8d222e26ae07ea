package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.findings;
import static org.evenhand.evidence.Pages.headings;
import static org.evenhand.evidence.Pages.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Provenance;
import org.evenhand.repair.Access;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.SearchedForm;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MethodsReportTest {
  private static final Method ODDS =
      new Method("odds", "odds made even", "a paper", Method.Stage.ANSWERS, Set.of(), true);
  private static final Method NEAR =
      new Method(
          "near",
          "near to people",
          "another paper",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.ATTRIBUTE_WHEN_SERVED));
  private static final Method NEVER =
      new Method("never", "never applies", "none", Method.Stage.ANSWERS, Set.of());

  private static Contender contender(Method method, boolean withinLimits) {
    return new Contender(
        method,
        "plain",
        withinLimits,
        false,
        Samples.repair(Optional.empty(), true, "").measured(),
        Samples.judgement(Aim.MODEL_BIAS, Optional.empty()),
        1.25,
        0.5);
  }

  private static MethodComparison comparison(Optional<Method> recommended) {
    return new MethodComparison(
        List.of("race"),
        SearchLimits.DEFAULT.withAccess(Access.WEIGHTS),
        "test",
        Samples.audit(Samples.race(false)),
        List.of(contender(ODDS, true), contender(NEAR, true)),
        Map.of(NEVER, "It needs <luck>."),
        recommended,
        "it is the best of two.",
        List.of(
            new SearchedForm(ODDS, "plain", 0.02, 0.8, 0.7, 0.6, true, true),
            new SearchedForm(NEAR, "plain", 0.03, 0.8, 0.7, 0.6, false, false)),
        List.of());
  }

  private static MethodsRecord record(MethodComparison... comparisons) {
    List<MethodsRecord.OfModel> models =
        IntStream.range(0, comparisons.length)
            .mapToObj(
                i ->
                    new MethodsRecord.OfModel(
                        new Provenance.Artefact("model", "in/model-" + i + ".onnx", "00", 1),
                        comparisons[i]))
            .toList();
    return new MethodsRecord("evenhand compare --model m.onnx", models, Samples.provenance());
  }

  /** Two methods on one model. */
  static MethodsRecord one() {
    return record(comparison(Optional.of(ODDS)));
  }

  private static Document page(MethodComparison... comparisons) {
    return parse(MethodsReport.of(record(comparisons)));
  }

  private static String text(Document page) {
    return page.getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void what_is_recommended_comes_first_then_the_frontier_the_figures_and_the_costs() {
    Document page = page(comparison(Optional.of(ODDS)));

    assertThat(headings(page))
        .containsExactly(
            "Verdict",
            "Accuracy against bias by race",
            "What gets better, what gets worse",
            "What to do next",
            "What each needs and costs",
            "What a lower bias costs",
            "Cautions",
            "How to get this again");
    assertThat(findings(page)).startsWith("odds: odds made even (number 1)");
    assertThat(text(page))
        .contains("It is the best of two.")
        .contains("never: It needs <luck>.")
        .contains("better; relies on more than is allowed")
        .contains("as published by chance; here without")
        .contains("the protected attribute of every row that is served");
  }

  @Test
  void doing_nothing_can_be_what_is_recommended() {
    assertThat(findings(page(comparison(Optional.empty())))).contains("Leave the model as it is.");
  }

  /** The deployed model and two methods, whose intervals cross. */
  @Test
  void each_method_is_a_point_with_two_intervals() {
    Document page = page(comparison(Optional.of(ODDS)));

    assertThat(elements(page, "circle")).hasSize(3);
    assertThat(
            elements(page, "line").stream()
                .filter(line -> line.getAttribute("class").equals("whisker")))
        .hasSize(6);
  }

  @Test
  void two_models_are_told_apart_by_shape() {
    Document page = page(comparison(Optional.of(ODDS)), comparison(Optional.empty()));

    assertThat(elements(page, "circle")).hasSize(3);
    assertThat(elements(page, "rect")).hasSize(3);
    assertThat(text(page)).contains("Circles: model-0.onnx; squares: model-1.onnx.");
    assertThat(headings(page))
        .contains(
            "What gets better, what gets worse for model-0.onnx",
            "What gets better, what gets worse for model-1.onnx");
  }

  @Test
  void only_forms_on_the_frontier_are_in_its_table() {
    assertThat(Pages.rows(page(comparison(Optional.of(ODDS)))))
        .contains("1 odds | plain | 2.0 | 80.0\u00a0% | 70.0\u00a0% | 60.0\u00a0%")
        .noneMatch(row -> row.startsWith("2 near | plain | 3.0"));
  }

  @Test
  void all_numbers_are_in_the_json() {
    JsonNode model = MethodsJson.of(record(comparison(Optional.of(ODDS)))).path("models").path(0);

    assertThat(model.path("recommended").asText()).isEqualTo("odds");
    assertThat(model.path("methods").path(1).path("access").asText()).isEqualTo("attribute");
    assertThat(model.path("methods").path(0).path("fit_seconds").asDouble()).isEqualTo(1.25);
    assertThat(model.path("inapplicable").path(0).path("method").asText()).isEqualTo("never");
    assertThat(model.path("frontier")).hasSize(1);
    assertThat(model.path("limits").path("max_accuracy_loss").asDouble()).isEqualTo(0.01);
  }
}
