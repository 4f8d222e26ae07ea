package org.evenhand.evidence;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of XHTML. All text in it has been escaped: the only ways to make one are a literal
 * template and other pieces.
 *
 * @param markup well-formed once it stands inside one element
 */
record Html(String markup) {
  /** Nothing. */
  static final Html NONE = new Html("");

  /**
   * Fills a template.
   *
   * @param template a literal, with {@code {}} for every argument, in elements or quoted attributes
   * @param arguments pieces and collections of pieces are inserted as they are, everything else as
   *     escaped text
   */
  static Html of(String template, Object... arguments) {
    StringBuilder markup = new StringBuilder(template.length() + 64);
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("more arguments than holes in " + template);
      }
      markup.append(template, from, hole).append(markupOf(argument));
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("fewer arguments than holes in " + template);
    }
    return new Html(markup.append(template, from, template.length()).toString());
  }

  /** The same, if the condition holds; else nothing. */
  static Html when(boolean condition, String template, Object... arguments) {
    return condition ? of(template, arguments) : NONE;
  }

  private static String markupOf(Object argument) {
    if (argument instanceof Html html) {
      return html.markup;
    }
    if (argument instanceof Collection<?> pieces) {
      return pieces.stream().map(Html::markupOf).collect(Collectors.joining("\n"));
    }
    return escape(argument.toString());
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Whether XML 1.0 allows the character; a stray control character would break the page. */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
