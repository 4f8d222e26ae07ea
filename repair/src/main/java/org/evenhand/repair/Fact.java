package org.evenhand.repair;

import java.util.List;

/**
 * One fact about a proposal.
 *
 * @param key in machine output
 * @param title for people
 * @param value what it is
 * @param meaning what it means and when to worry; may be empty
 */
public record Fact(String key, String title, Value value, String meaning) implements Detail {
  /**
   * A text.
   *
   * @param key in machine output
   * @param title for people
   * @param text the fact
   */
  public static Fact text(String key, String title, String text) {
    return new Fact(key, title, new Value.Text(text), "");
  }

  /**
   * A number.
   *
   * @param key in machine output
   * @param title for people
   * @param number the fact
   * @param unit how it is shown
   */
  public static Fact number(String key, String title, double number, Value.Unit unit) {
    return new Fact(key, title, new Value.Quantity(number, unit), "");
  }

  /**
   * Sentences.
   *
   * @param key in machine output
   * @param title for people
   * @param sentences any number
   */
  public static Fact texts(String key, String title, List<String> sentences) {
    return new Fact(key, title, new Value.Texts(sentences), "");
  }

  /**
   * The same with an explanation.
   *
   * @param explanation what it means and when to worry
   */
  public Fact meaning(String explanation) {
    return new Fact(key, title, value, explanation);
  }
}
