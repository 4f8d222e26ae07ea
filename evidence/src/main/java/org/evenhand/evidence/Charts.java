package org.evenhand.evidence;

/** Marks that the pictures share. */
final class Charts {
  private Charts() {}

  /** A point estimate on its interval; all positions in the picture's units. */
  static Html dotAndWhisker(String series, double at, double low, double high, double y) {
    return Html.of(
        """
        <g class="{}"><line class="whisker" x1="{}" y1="{}" x2="{}" y2="{}"/>\
        <circle cx="{}" cy="{}" r="4.5"/></g>""",
        series,
        Numbers.coordinate(low),
        Numbers.coordinate(y),
        Numbers.coordinate(high),
        Numbers.coordinate(y),
        Numbers.coordinate(at),
        Numbers.coordinate(y));
  }

  /** The text, or its beginning with an ellipsis. */
  static String shortened(String text, int longest) {
    if (text.codePointCount(0, text.length()) <= longest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, longest - 1)).strip() + "\u2026";
  }
}
