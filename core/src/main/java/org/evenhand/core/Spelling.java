package org.evenhand.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who typed something else. */
public final class Spelling {
  private Spelling() {}

  /**
   * The known word that is nearest to a typed one, if it is near: no more than a third of the
   * letters are wrong, missing, too many or swapped with the next one. Case does not count.
   *
   * @param typed what was typed
   * @param known what could have been meant, in the order in which ties are broken
   */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    // One letter for another is no slip where there is no other letter.
    int most = Math.min(Math.max(1, typed.length() / 3), typed.length() - 1);
    return known.stream()
        .filter(word -> distance(typed, word) <= most)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /**
   * A question to follow a sentence, with a blank before it; empty if nothing is near.
   *
   * @param typed what was typed
   * @param known what could have been meant
   */
  public static String question(String typed, Collection<String> known) {
    return nearest(typed, known).map(word -> " Did you mean '%s'?".formatted(word)).orElse("");
  }

  /** Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours. */
  private static int distance(String typed, String known) {
    String one = typed.toLowerCase(Locale.ROOT);
    String other = known.toLowerCase(Locale.ROOT);
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int differs = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + differs);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[one.length()][other.length()];
  }
}
