package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.headings;
import static org.evenhand.evidence.Pages.parse;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ExplanationReportTest {
  private static final byte[] PICTURE = {1, 2, 3};

  private static Document page(Optional<byte[]> picture) {
    return parse(ExplanationReport.of(ExplanationSamples.of(picture)));
  }

  private static String text(Optional<byte[]> picture) {
    return page(picture).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void the_page_says_how_much_bias_there_is_before_the_rows_that_put_it_there() {
    assertThat(headings(page(Optional.empty())))
        .containsExactly(
            "Where the bias comes from",
            "Which groups of rows put it there",
            "What to do next",
            "Most harmful rows",
            "Most helpful rows",
            "Cautions",
            "How to get this again");
    assertThat(text(Optional.empty()))
        .contains("Bias explanation of loans.onnx")
        .contains("Influence of 3,100 rows (train)")
        .contains("Counterfactual bias, points 6.15")
        .contains("Bias-aligned, of all rows 52.0\u00a0%")
        .contains("… of the 2 most harmful 100.0\u00a0%")
        .contains("… of the 1 most helpful 0.0\u00a0%")
        .contains("Harmful rows found again with other pairs –")
        .contains("The pairs come from 500 rows only.");
  }

  @Test
  void rows_of_a_table_are_shown_with_their_columns() {
    assertThat(Pages.rows(page(Optional.empty())))
        .contains(
            "Row | Influence, points | Group | Further columns",
            "17 | +0.0420 | repaid = yes, race = White | purpose = car & boat",
            "5 | +0.0300 | repaid = no, race = Black",
            "2211 | −0.0500 | repaid = no, race = White");
    assertThat(elements(page(Optional.empty()), "img")).isEmpty();
    assertThat(text(Optional.empty()))
        .contains("These are records of single persons")
        .doesNotContain("Faces are personal data");
  }

  @Test
  void without_permission_there_are_groups_and_no_rows_on_the_page_or_in_json() {
    Document page = parse(ExplanationReport.of(ExplanationSamples.groups()));

    assertThat(Pages.rows(page))
        .contains(
            "repaid = yes, race = White | bias-aligned | 900 | +1.00 | 1 | 0",
            "repaid = no, race = White | against the bias | 1,400 | −1.00 | 0 | 1");
    assertThat(page.getDocumentElement().getTextContent())
        .doesNotContain("2211", "car & boat", "single persons");
    assertThat(ExplanationJson.of(ExplanationSamples.groups()).toString())
        .contains("\"harmful_rows\":2", "\"mean_influence\":1.0E-4")
        .doesNotContain("2211", "car & boat", "\"row\"");
  }

  @Test
  void pictures_stand_in_the_page_with_what_is_known_of_them() {
    Document page = page(Optional.of(PICTURE));

    assertThat(elements(page, "img"))
        .hasSize(3)
        .extracting(image -> image.getAttribute("src"))
        .containsOnly("data:image/png;base64," + Base64.getEncoder().encodeToString(PICTURE));
    assertThat(elements(page, "figcaption"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "+0.0420repaid = yes, race = Whiterow 17, purpose = car & boat",
            "+0.0300repaid = no, race = Blackrow 5",
            "−0.0500repaid = no, race = Whiterow 2211");
    assertThat(text(Optional.of(PICTURE)))
        .contains("This page contains pictures of training data. Faces are personal data");
  }
}
