package org.evenhand.audit;

import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The rates of one value of an attribute for the favourable class, and how they compare with the
 * rates of a reference value. What cannot be estimated is unknown and stays so in every comparison.
 *
 * @param label what to call the value's rows, such as {@code race = Other}
 * @param favourable the favourable class's name
 * @param n rows, weighted
 * @param selection share given the favourable class
 * @param truePositive of those who deserve it
 * @param falsePositive of those who do not
 * @param predictive share deserving among those given it
 */
record Rates(
    String label,
    String favourable,
    double n,
    Estimate selection,
    Estimate truePositive,
    Estimate falsePositive,
    Estimate predictive) {
  private static final Known NO_DIFFERENCE = new Known(0, 0, 0);
  private static final Known EQUAL = new Known(1, 1, 1);

  static Rates of(
      ConfusionTable table, Target target, Attribute attribute, int b, int favourable, double z) {
    double positives = table.rows(favourable, b);
    double rows = 0;
    double selected = 0;
    for (int t = 0; t < table.classes(); t++) {
      rows += table.rows(t, b);
      selected += table.count(t, b, favourable);
    }
    double truePositives = table.count(favourable, b, favourable);
    String name = target.classes().names().get(favourable);
    String label = attribute.name() + " = " + attribute.values().get(b);
    String outcome = target.name() + " = " + name;
    return new Rates(
        label,
        name,
        rows,
        new Proportion(selected, rows).estimate(z, "no row has " + label),
        new Proportion(truePositives, positives)
            .estimate(z, "no row with %s has %s".formatted(label, outcome)),
        new Proportion(selected - truePositives, rows - positives)
            .estimate(z, "no row with %s has another class than %s".formatted(label, outcome)),
        new Proportion(truePositives, selected)
            .estimate(z, "no row with %s is given class '%s'".formatted(label, name)));
  }

  Estimate impactRatio(Rates reference) {
    if (selection instanceof Known own && reference.selection instanceof Known other) {
      if (other.value() == 0) {
        return new Unknown(
            "no row with the reference %s is given class '%s'"
                .formatted(reference.label, favourable));
      }
      return equals(reference) ? EQUAL : Mover.ratio(own, other);
    }
    return selection instanceof Unknown ? selection : reference.selection;
  }

  Estimate statisticalParityDifference(Rates reference) {
    return difference(reference, selection, reference.selection);
  }

  Estimate equalOpportunityDifference(Rates reference) {
    return difference(reference, truePositive, reference.truePositive);
  }

  Estimate averageOddsDifference(Rates reference) {
    return combination(
        reference,
        new double[] {0.5, -0.5, 0.5, -0.5},
        falsePositive,
        reference.falsePositive,
        truePositive,
        reference.truePositive);
  }

  Estimate predictiveParityDifference(Rates reference) {
    return difference(reference, predictive, reference.predictive);
  }

  private Estimate difference(Rates reference, Estimate own, Estimate other) {
    return combination(reference, new double[] {1, -1}, own, other);
  }

  /** The reference compared with itself differs by nothing, provided that its rates exist. */
  private Estimate combination(Rates reference, double[] coefficients, Estimate... parts) {
    Known[] known = new Known[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!(parts[i] instanceof Known part)) {
        return parts[i];
      }
      known[i] = part;
    }
    return equals(reference) ? NO_DIFFERENCE : Mover.sum(coefficients, known);
  }
}
