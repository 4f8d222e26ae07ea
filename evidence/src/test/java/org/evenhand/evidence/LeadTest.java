package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.findings;
import static org.evenhand.evidence.Pages.parse;

import java.util.Optional;
import org.evenhand.repair.Aim;
import org.evenhand.repair.RepairJudgement;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a repair was for leads: as the first figure, in the picture and in the first table. */
class LeadTest {
  private static Document repairFor(Aim aim) {
    RepairRecord repair = Samples.repair(Optional.empty(), true, "");
    RepairJudgement judgement = Samples.judgement(aim, Optional.empty());
    return parse(
        Report.of(
            new Evidence.Repair(
                "evenhand erase",
                new RepairRecord(
                    repair.command(),
                    repair.proposal(),
                    repair.measured(),
                    judgement,
                    repair.fittedOn(),
                    repair.outputs()),
                Samples.provenance())));
  }

  private static String firstFigure(Document page) {
    Element figures =
        elements(page, "dl").stream()
            .filter(list -> list.getAttribute("class").equals("figures"))
            .findFirst()
            .orElseThrow();
    return elements(figures, "dt").get(0).getTextContent();
  }

  private static String picture(Document page) {
    return elements(elements(page, "svg").get(0), "title").get(0).getTextContent();
  }

  @Test
  void model_bias_leads_where_it_was_to_fall() {
    Document page = repairFor(Aim.MODEL_BIAS);

    assertThat(firstFigure(page)).isEqualTo("Model Bias, points");
    assertThat(picture(page)).isEqualTo("Model Bias by race");
  }

  @Test
  void the_largest_gap_leads_where_it_was_to_fall_against_its_own_tolerance() {
    Document page = repairFor(Aim.LARGEST_GAP);

    assertThat(firstFigure(page)).isEqualTo("Largest gap, points");
    assertThat(picture(page)).isEqualTo("Largest gap by race");
    assertThat(elements(page, "svg").get(0).getTextContent()).contains("tolerated 10.0");
  }

  @Test
  void an_accuracy_that_was_to_rise_is_the_first_sentence() {
    Document page = repairFor(Aim.WORST_GROUP);

    assertThat(findings(page))
        .startsWith(
            "Worst group accuracy by race: 43.5\u00a0% before the repair, 66.0\u00a0% after it.");
    assertThat(firstFigure(page)).isEqualTo("Worst group accuracy");
    assertThat(elements(page, "svg").get(0).getTextContent())
        .contains("100\u00a0%")
        .doesNotContain("tolerated");
    assertThat(Pages.rows(page))
        .anyMatch(
            row -> row.startsWith("Worst group accuracy | 43.5\u00a0% | 66.0\u00a0% | +22.5"));
  }

  @Test
  void counterfactual_bias_leads_where_it_was_unlearned() {
    Document page = parse(Report.of(UnlearningSamples.evidence()));

    assertThat(firstFigure(page)).isEqualTo("Counterfactual bias, points");
    assertThat(picture(page)).isEqualTo("Counterfactual bias by race");
  }

  @Test
  void an_aim_that_was_not_measured_does_not_lead() {
    assertThat(firstFigure(repairFor(Aim.COUNTERFACTUAL_BIAS))).isEqualTo("Model Bias, points");
  }
}
