package org.evenhand.audit;

import java.util.OptionalInt;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * How the rows of one value of an attribute were decided: given the favourable class (positive) or
 * another, rightly (true) or not. A share of no rows is unknown.
 *
 * @param label what to call the value's rows, such as {@code race = Other}
 * @param outcome what to call the favourable true class, such as {@code repaid = yes}; empty where
 *     no class is known to be favourable, so that the counts but {@code n} and {@code correct} say
 *     nothing
 * @param favourable the favourable class's name
 * @param correct rows decided correctly, between all classes
 * @param incorrect all others
 * @param truePositives rows of the favourable class that were given it
 * @param falsePositives rows of another class that were given it
 * @param falseNegatives rows of the favourable class that were given another
 * @param trueNegatives all others
 * @param z normal quantile of an interval's upper end
 */
record Rates(
    String label,
    String outcome,
    String favourable,
    Tally correct,
    Tally incorrect,
    Tally truePositives,
    Tally falsePositives,
    Tally falseNegatives,
    Tally trueNegatives,
    double z) {
  static final Unknown NO_FAVOURABLE = new Unknown("name the favourable class");

  static Rates of(
      Counts counts, Target target, Attribute attribute, int b, OptionalInt favourable, double z) {
    int positive = favourable.orElse(-1);
    String name = favourable.isPresent() ? target.classes().names().get(positive) : "";
    return new Rates(
        attribute.name() + " = " + attribute.values().get(b),
        favourable.isPresent() ? target.name() + " = " + name : "",
        name,
        counts.sum((t, value, decision) -> value == b && t == decision),
        counts.sum((t, value, decision) -> value == b && t != decision),
        counts.sum((t, value, decision) -> value == b && t == positive && decision == positive),
        counts.sum((t, value, decision) -> value == b && t != positive && decision == positive),
        counts.sum((t, value, decision) -> value == b && t == positive && decision != positive),
        counts.sum((t, value, decision) -> value == b && t != positive && decision != positive),
        z);
  }

  /** Rows, weighted. */
  double n() {
    return correct.plus(incorrect).weight();
  }

  /** The rows given the favourable class, of all. */
  Proportion selection() {
    return Tally.share(truePositives.plus(falsePositives), falseNegatives.plus(trueNegatives));
  }

  boolean hasFavourable() {
    return !outcome.isEmpty();
  }

  Estimate selectionRate() {
    return hasFavourable() ? selection().estimate(z, "no row has " + label) : NO_FAVOURABLE;
  }

  Estimate baseRate() {
    return share(
        truePositives.plus(falseNegatives),
        falsePositives.plus(trueNegatives),
        "no row has " + label);
  }

  Estimate accuracy() {
    return Tally.share(correct, incorrect).estimate(z, "no row has " + label);
  }

  Estimate truePositiveRate() {
    return share(truePositives, falseNegatives, noPositives());
  }

  Estimate falseNegativeRate() {
    return share(falseNegatives, truePositives, noPositives());
  }

  Estimate falsePositiveRate() {
    return share(
        falsePositives,
        trueNegatives,
        "no row with %s has another class than %s".formatted(label, outcome));
  }

  Estimate positivePredictiveValue() {
    return share(truePositives, falsePositives, noneGiven());
  }

  Estimate falseDiscoveryRate() {
    return share(falsePositives, truePositives, noneGiven());
  }

  Estimate negativePredictiveValue() {
    return share(trueNegatives, falseNegatives, allGiven());
  }

  Estimate falseOmissionRate() {
    return share(falseNegatives, trueNegatives, allGiven());
  }

  /** Why nothing can be divided by a selection rate of zero. */
  Unknown noneSelected() {
    return new Unknown(
        "no row with the reference %s is given class '%s'".formatted(label, favourable));
  }

  private String noPositives() {
    return "no row with %s has %s".formatted(label, outcome);
  }

  private String noneGiven() {
    return "no row with %s is given class '%s'".formatted(label, favourable);
  }

  private String allGiven() {
    return "every row with %s is given class '%s'".formatted(label, favourable);
  }

  private Estimate share(Tally hits, Tally misses, String reasonIfEmpty) {
    return hasFavourable() ? Tally.share(hits, misses).estimate(z, reasonIfEmpty) : NO_FAVOURABLE;
  }
}
