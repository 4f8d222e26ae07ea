package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void text_is_escaped_and_pieces_are_not() {
    Html piece = Html.of("<b>{}</b>", "a < b & 'c'");

    assertThat(Html.of("<p title=\"{}\">{}</p>", "\"", piece).markup())
        .isEqualTo("<p title=\"&quot;\"><b>a &lt; b &amp; &#39;c&#39;</b></p>");
  }

  @Test
  void text_in_a_collection_is_escaped_too() {
    assertThat(Html.of("{}", List.of(Html.of("<br/>"), "<")).markup()).isEqualTo("<br/>\n&lt;");
  }

  @Test
  void braces_in_an_argument_are_no_holes() {
    assertThat(Html.of("{} {}", "{}", "x").markup()).isEqualTo("{} x");
  }

  @Test
  void characters_that_xml_forbids_are_replaced() {
    assertThat(Html.of("{}", "a\u0000b\tc\ud800").markup()).isEqualTo("a\ufffdb\tc\ufffd");
  }

  @Test
  void holes_and_arguments_must_match() {
    assertThatThrownBy(() -> Html.of("{}")).hasMessage("fewer arguments than holes in {}");
    assertThatThrownBy(() -> Html.of("x", 1)).hasMessage("more arguments than holes in x");
  }
}
