package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.evenhand.terminal.Printable;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void what_steers_a_terminal_is_written_out() {
    assertThat(Printable.of("a\u001b[2Jb\u009bc\u0007\u007f\u202ed"))
        .isEqualTo("a\\u001b[2Jb\\u009bc\\u0007\\u007f\\u202ed");
  }

  @Test
  void text_of_any_language_stays_as_it_is() {
    String text = "Łódź, 日本, 😀\tlines\r\n";
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Test
  void a_writer_lets_only_printable_text_through() {
    StringWriter shown = new StringWriter();
    PrintWriter out = new PrintWriter(Printable.writer(shown));
    out.printf("%s%c", "\u001b]0;x", '\u001b');
    out.flush();
    assertThat(shown).hasToString("\\u001b]0;x\\u001b");
  }
}
