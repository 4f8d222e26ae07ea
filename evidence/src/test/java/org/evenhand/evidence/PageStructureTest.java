package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.parse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What readers who do not see a page, or see it on paper, rely on. */
class PageStructureTest {
  static Stream<String> pages() {
    return Stream.concat(
        ReportTest.samples().stream().map(Report::of),
        Stream.of(
            ExplanationReport.of(ExplanationSamples.groups()),
            ExplanationReport.of(ExplanationSamples.of(Optional.empty())),
            ExplanationReport.of(ExplanationSamples.of(Optional.of(new byte[] {1})))));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void one_heading_of_the_first_level_and_no_level_is_skipped(String page) {
    List<Integer> levels =
        elements(parse(page), "*").stream()
            .map(Element::getTagName)
            .filter(name -> name.matches("h[1-6]"))
            .map(name -> name.charAt(1) - '0')
            .toList();

    assertThat(levels).startsWith(1).containsOnlyOnce(1);
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i) - levels.get(i - 1)).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void the_contents_lead_to_every_section(String page) {
    Document document = parse(page);

    assertThat(
            elements(elements(document, "nav").get(0), "a").stream()
                .map(link -> link.getAttribute("href")))
        .isEqualTo(
            elements(document, "section").stream()
                .map(section -> "#" + section.getAttribute("id"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_table_says_what_it_shows_and_every_head_what_it_is_for(String page) {
    Document document = parse(page);
    List<String> captions =
        elements(document, "caption").stream().map(Element::getTextContent).toList();

    assertThat(captions).hasSameSizeAs(elements(document, "table")).doesNotHaveDuplicates();
    for (Element head : elements(document, "th")) {
      assertThat(head.getAttribute("scope")).isNotEmpty();
      assertThat(head.getTextContent()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_figure_has_a_caption_and_every_image_a_text(String page) {
    Document document = parse(page);

    for (Element figure : elements(document, "figure")) {
      assertThat(elements(figure, "figcaption")).hasSize(1);
    }
    assertThat(elements(document, "img")).allMatch(image -> !image.getAttribute("alt").isBlank());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void how_to_get_it_again_is_folded_away(String page) {
    Element section =
        elements(parse(page), "section").stream()
            .filter(element -> element.getAttribute("id").equals("reproduce"))
            .findFirst()
            .orElseThrow();

    assertThat(elements(section, "details").get(0).hasAttribute("open")).isFalse();
  }
}
