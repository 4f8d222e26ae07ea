package org.evenhand.eraser;

import java.util.Locale;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Value.Unit;

/** What equal odds say of a form, be it for two classes or for several. */
final class OddsFacts {
  private OddsFacts() {}

  /** Which scores a form reads, in its name. */
  static String scores(boolean secondOpinion) {
    return secondOpinion ? "with a second opinion" : "deployed scores";
  }

  /** How much groups count, in the name of a form. */
  static String counted(double balance) {
    return String.format(Locale.ROOT, "groups count %.0f %%", 100 * balance);
  }

  static Fact balance(double balance) {
    return Fact.number(
        "balance",
        "Share that average group accuracy counts, overall accuracy the rest",
        balance,
        Unit.PERCENT);
  }

  static Fact ownWeight(double weight) {
    return Fact.number("own_weight", "Weight of the deployed score", weight, Unit.PLAIN);
  }

  static Fact secondWeight(double weight) {
    return Fact.number(
        "second_weight",
        "Weight of the second opinion, a small model of the class learned from the calibration rows",
        weight,
        Unit.PLAIN);
  }
}
