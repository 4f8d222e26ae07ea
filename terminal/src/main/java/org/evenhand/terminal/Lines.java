package org.evenhand.terminal;

import java.util.ArrayList;
import java.util.List;

/** Texts in lines that fit. */
final class Lines {
  private Lines() {}

  /**
   * Words in lines; a word that is longer than a line gets one of its own.
   *
   * @param words that are not parted
   * @param width of a line
   * @param indentation of every line but the first
   */
  static List<String> of(String[] words, int width, String indentation) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(words[0]);
    for (String word : List.of(words).subList(1, words.length)) {
      if (line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indentation).append(word);
      } else {
        line.append(' ').append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * A text in lines.
   *
   * @param text whose words are parted by blanks
   * @param width of a line
   */
  static List<String> of(String text, int width) {
    return of(text.split(" "), width, "");
  }
}
