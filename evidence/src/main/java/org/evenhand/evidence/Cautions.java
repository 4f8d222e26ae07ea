package org.evenhand.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.ScoreBins;

/** What a reader must know before leaning on the numbers. */
final class Cautions {
  private Cautions() {}

  /** All of them, as JSON has them. */
  static List<String> of(Evidence evidence) {
    List<String> cautions = new ArrayList<>(general(evidence));
    evidence.change().ifPresent(repair -> cautions.addAll(worse(repair)));
    return cautions;
  }

  /** Those but for what gets worse, which a page says at its beginning. */
  static List<String> general(Evidence evidence) {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "This is measured evidence about one model on one set of rows. It is not legal advice, and"
            + " no number in it certifies that a system is lawful or fair.");
    if (!evidence.deployed().scope().outcomes()) {
      cautions.add(
          "Selection rates say how often a class is decided, not how often rightly: with true classes"
              + " the same decisions may look better or worse.");
    }
    cautions.add(
        "Overall accuracy is the plain share of correct decisions, so large groups dominate it;"
            + " average and worst group accuracy count every group alike, however small.");
    cautions.add(
        "Intervals are %s intervals, each by itself. Those of the largest gap and of the four-fifths check hold for all pairs of values at once, so that they are wider.%s"
            .formatted(
                Confidence.of(evidence.deployed().settings()),
                evidence.change().isPresent()
                    ? " A change is read at one end of its interval: what is called shown is so with 95\u00a0% confidence, which leaves 90\u00a0% between both ends."
                    : ""));
    cautions.add(
        "A selection rate below four fifths of the highest is a flag that asks for a closer look, not a verdict.");
    cautions.add(
        "The figures hold for rows like those measured. Audit again when the population, the data"
            + " or the model changes.");
    if (evidence instanceof Evidence.Audit audit && audit.result().scoreBins().width() > 0) {
      cautions.add(binned(audit.result().scoreBins()));
    }
    if (evidence.deployed().attributes().stream()
        .anyMatch(audit -> audit.coverage().byProbability())) {
      cautions.add(
          "Gaps measured by probabilities of an attribute are those of the attribute only if, among"
              + " rows of one class and one probability, its values are treated alike. Where they"
              + " are not, the true gap is larger or smaller than the one shown.");
    }
    evidence.deployed().scope().notes().forEach(note -> cautions.add(Numbers.capitalized(note)));
    evidence.change().ifPresent(repair -> cautions.addAll(repair.proposal().cautions()));
    return cautions;
  }

  private static String binned(ScoreBins bins) {
    return "Figures of scores, such as AUC and calibration error, are binned: scores were gathered in bins of width %s before they were measured%s. Every other figure is exact."
        .formatted(
            plain(BigDecimal.valueOf(bins.width())),
            bins.aucError() > 0
                ? ", which moves no AUC by more than "
                    + plain(
                        BigDecimal.valueOf(bins.aucError())
                            .round(new MathContext(2, RoundingMode.CEILING)))
                : "");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** What got worse is said, not left to be found. */
  private static List<String> worse(RepairRecord repair) {
    List<String> cautions = new ArrayList<>();
    AuditResult before = repair.before();
    AuditResult after = repair.after();
    BiConsumer<Boolean, String> note =
        (isWorse, what) -> {
          if (isWorse) {
            cautions.add(
                "%s with the repair than without it on the %s rows."
                    .formatted(what, repair.measured().rows()));
          }
        };
    for (AttributeAudit was : before.attributes()) {
      AttributeAudit is = after.attribute(was.attribute());
      note.accept(
          pairs(is) > pairs(was),
          "Counterfactual bias by '%s' is higher".formatted(was.attribute()));
      for (AttributeMetric metric : AttributeMetric.forPeople()) {
        boolean lowerIsBetter = metric.better() == Metric.Better.LOWER;
        double change = value(metric.of(is)) - value(metric.of(was));
        note.accept(
            lowerIsBetter ? change > 0 : change < 0,
            "%s by '%s' is %s"
                .formatted(
                    Numbers.capitalized(metric.title()),
                    was.attribute(),
                    lowerIsBetter ? "higher" : "lower"));
      }
    }
    note.accept(
        value(after.overallAccuracy()) < value(before.overallAccuracy()),
        "Overall accuracy is lower");
    return cautions;
  }

  private static double pairs(AttributeAudit audit) {
    return audit.counterfactualBias().map(bias -> bias.judged().value()).orElse(Double.NaN);
  }

  /** NaN, which compares as neither higher nor lower, where the estimate is unknown. */
  private static double value(Estimate estimate) {
    return estimate instanceof Estimate.Known known ? known.value() : Double.NaN;
  }
}
