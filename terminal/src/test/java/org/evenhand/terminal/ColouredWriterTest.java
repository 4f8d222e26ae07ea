package org.evenhand.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Words of ours in colour. */
class ColouredWriterTest {
  private static final Map<Pattern, Colour> COLOURS =
      Map.of(Pattern.compile("\\bBIASED\\b|^Harm"), Colour.RED);

  private static String shown(String... pieces) {
    StringWriter shown = new StringWriter();
    PrintWriter out = new PrintWriter(Printable.writer(new ColouredWriter(shown, COLOURS)));
    for (String piece : pieces) {
      out.print(piece);
    }
    out.flush();
    return shown.toString();
  }

  @Test
  void a_word_is_coloured_and_the_rest_is_not() {
    assertThat(shown("race: BIA", "SED\nHarm: x\n"))
        .isEqualTo("race: \u001b[1;31mBIASED\u001b[0m\n\u001b[1;31mHarm\u001b[0m: x\n");
    assertThat(shown("UNBIASED, no Harm\n")).isEqualTo("UNBIASED, no Harm\n");
  }

  @Test
  void json_is_never_coloured() {
    assertThat(shown("{\n", "\"verdict\": \"BIASED\"\n}\n"))
        .isEqualTo("{\n\"verdict\": \"BIASED\"\n}\n");
  }

  @Test
  void texts_of_others_colour_nothing() {
    assertThat(shown("a\u001b[31mb\n")).isEqualTo("a\\u001b[31mb\n");
  }

  @Test
  void who_sets_no_color_gets_none() {
    assertThat(Screen.wantsColours(Map.of())).isTrue();
    assertThat(Screen.wantsColours(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Screen.wantsColours(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Screen.wantsColours(Map.of("TERM", "dumb"))).isFalse();
  }
}
