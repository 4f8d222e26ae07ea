package org.evenhand.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.CounterfactualPairs.Relation;

/**
 * What the other value of an attribute does to a model's answers (Fast Model Debias): the mean of
 * |p_y(x) − p_y(x̄)| over pairs.
 *
 * @param attribute its name
 * @param relation who the counterparts are
 * @param pairs number of pairs, weighted
 * @param bias B, the mean over pairs of |p_y(x) - p_y(x̄)|, y being the true class: 0 to 1
 * @param groupGap for counterparts that are other individuals, and then what is judged: the mean
 *     over classes and pairs of values, weighted by their pairs, of the absolute mean of p_y(x) -
 *     p_y(x̄); 0 to 1 and at most B
 * @param flippedDecisions share of pairs whose members are decided differently
 * @param about the class whose probability the directions are about; empty for each row's own
 * @param directions one an ordered pair of values that occurs, by value
 * @param delta δ, the tolerated bias
 * @param verdict BIASED if the judged interval begins above δ, WITHIN_TOLERANCE if it ends at or
 *     below δ, else INSUFFICIENT_EVIDENCE
 * @param explanation why, in one or two sentences
 */
public record CounterfactualBias(
    String attribute,
    Relation relation,
    double pairs,
    Estimate.Known bias,
    Optional<Estimate.Known> groupGap,
    Estimate flippedDecisions,
    String about,
    List<Direction> directions,
    double delta,
    Verdict verdict,
    String explanation) {

  /**
   * What going from one value to another does.
   *
   * @param from the value of the factual rows
   * @param to the value of their counterparts
   * @param n pairs, weighted
   * @param change mean of p(x̄) - p(x), -1 to 1: positive if the class is more probable with the
   *     other value
   * @param flippedDecisions share of the pairs whose members are decided differently
   */
  public record Direction(
      String from, String to, double n, Estimate change, Estimate flippedDecisions) {}

  /** By B, then by name. */
  static final Comparator<CounterfactualBias> LARGEST_FIRST =
      Comparator.comparingDouble((CounterfactualBias bias) -> -bias.bias().value())
          .thenComparing(CounterfactualBias::attribute);

  /** Copies the list. */
  public CounterfactualBias {
    directions = List.copyOf(directions);
  }

  /**
   * The bias on a column that the model does not read: exactly zero, whatever the rows.
   *
   * @param attribute its name
   * @param pairs number of pairs, weighted
   * @param delta δ, the tolerated bias
   */
  public static CounterfactualBias notRead(String attribute, double pairs, double delta) {
    Estimate.Known zero = new Estimate.Known(0, 0, 0);
    return new CounterfactualBias(
        attribute,
        Relation.SAME_INDIVIDUAL,
        pairs,
        zero,
        Optional.empty(),
        zero,
        "",
        List.of(),
        delta,
        Verdict.WITHIN_TOLERANCE,
        "The model does not read '%s', so flipping it changes no answer; what other columns tell of it is not flipped with it."
            .formatted(attribute));
  }

  /** What is judged: the group gap if there is one, else B. */
  public Estimate.Known judged() {
    return groupGap.orElse(bias);
  }

  static Verdict verdict(Estimate.Known judged, double delta) {
    if (judged.low() > delta) {
      return Verdict.BIASED;
    }
    return judged.high() <= delta ? Verdict.WITHIN_TOLERANCE : Verdict.INSUFFICIENT_EVIDENCE;
  }

  static String explanation(Estimate.Known judged, double delta, Relation relation) {
    String interval =
        String.format(
            Locale.ROOT,
            "%s is between %.2f and %.2f points",
            relation == Relation.SAME_INDIVIDUAL
                ? "The mean change of the true class's probability"
                : "The mean difference of the true class's probability between the groups",
            100 * judged.low(),
            100 * judged.high());
    String compared =
        switch (verdict(judged, delta)) {
          case BIASED -> ", above";
          case WITHIN_TOLERANCE -> ", within";
          case INSUFFICIENT_EVIDENCE -> ", on both sides of";
        };
    String tolerance = String.format(Locale.ROOT, " the tolerance of %.2f.", 100 * delta);
    String caution =
        relation == Relation.SAME_INDIVIDUAL
            ? ""
            : " The mean of absolute differences is not judged, because the members of these pairs are different individuals and differ in more than the attribute.";
    return interval + compared + tolerance + caution;
  }
}
