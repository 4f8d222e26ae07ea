package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.parse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Titles, authors and labels on pages; JSON keeps the values. */
class LabelledPagesTest {
  private static Presentation labels(Map<String, String> race) {
    return new Presentation(
        Optional.of("Loans, <spring>"),
        Optional.of("Risk & Co"),
        "repaid",
        Map.of("repaid", Map.of("yes", ">paid", "no", "failed"), "race", race));
  }

  private static Evidence repair(Presentation presentation) {
    return new Evidence.Repair(
        "evenhand erase",
        Samples.repair(Optional.empty(), true, ""),
        Samples.provenance(),
        presentation);
  }

  private static String text(Document page) {
    return page.getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void a_page_has_the_title_the_author_and_the_day_and_says_what_it_is() {
    Document page = parse(Report.of(repair(labels(Map.of()))));

    assertThat(Pages.elements(page, "h1").get(0).getTextContent()).isEqualTo("Loans, <spring>");
    assertThat(text(page))
        .contains("Bias repair of loans.onnx Prepared by Risk & Co")
        .contains("22 November 2026");
  }

  @Test
  void classes_and_values_are_shown_by_their_labels_wherever_they_are() {
    Document page = parse(Report.of(repair(labels(Map.of("Black", "B.", "White", "W.")))));

    assertThat(text(page))
        .contains("Where repaid = >paid, cases with race = W. are decided correctly in 43.6")
        .contains("people gain repaid = >paid and")
        .contains("Accuracy where repaid = failed, by race");
    assertThat(Pages.rows(page))
        .anyMatch(row -> row.startsWith("race = B. | 635 |"))
        .anyMatch(row -> row.startsWith("race, after | B. | W. |"))
        .anyMatch(row -> row.startsWith("repaid = >paid | W. | 165 |"));
  }

  @Test
  void values_with_the_same_label_are_told_apart() {
    Document page = parse(Report.of(repair(labels(Map.of("Black", "X", "White", "X")))));

    assertThat(Pages.rows(page))
        .anyMatch(row -> row.startsWith("race = X (Black) | 635 |"))
        .anyMatch(row -> row.startsWith("race = X (White) | 421 |"));
  }

  @Test
  void json_keeps_classes_and_values() {
    assertThat(EvidencePack.machineOutput(repair(labels(Map.of("Black", "B."))), Map.of()))
        .contains("\"Black\"")
        .doesNotContain("B.", ">paid");
  }
}
