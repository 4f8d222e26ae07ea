package org.evenhand.terminal;

/** The colours that a terminal shows words of ours in. */
public enum Colour {
  /** For what is bad. */
  RED("1;31"),
  /** For what is good. */
  GREEN("1;32"),
  /** For what is open, and for warnings. */
  YELLOW("1;33");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The text in this colour. */
  String of(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
