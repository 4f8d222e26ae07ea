package org.evenhand.audit;

import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * How scores were gathered before the metrics of scores were computed.
 *
 * @param width of the bins in which different scores were gathered; 0 if every score is as it was
 * @param aucError the most by which any AUC can differ from that of the scores themselves, 0 to 1
 */
public record ScoreBins(double width, double aucError) {
  /** Scores as they were. */
  public static final ScoreBins NONE = new ScoreBins(0, 0);

  /**
   * Bins of which the least and the greatest score are known. An AUC grows with the scores of
   * deserving rows and falls with those of others; so it lies between the two that have each row at
   * the one end of its bin or at the other.
   *
   * @param width of the bins
   * @param set the rows that were audited, with frequency weights
   * @param audit of them, with a score from within the bin for each
   * @param least the least score of every row's bin
   * @param greatest the greatest score of every row's bin
   */
  public static ScoreBins of(
      double width, LabelledSet set, AuditResult audit, Answers.Soft least, Answers.Soft greatest) {
    if (width == 0) {
      return NONE;
    }
    double error = 0;
    for (Attribute attribute : set.attributes()) {
      Members members = Members.of(attribute, set.weights());
      for (ValueMetrics value : audit.attribute(attribute.name()).values()) {
        if (value.of(ValueMetric.AUC) instanceof Known auc) {
          int b = attribute.values().indexOf(value.value());
          int[] rows =
              IntStream.range(0, members.rows().length)
                  .filter(i -> members.attribute().codes()[i] == b)
                  .toArray();
          int favourable = set.target().classes().indexOf(audit.favourable()).orElseThrow();
          Ends ends = new Ends(set, members, rows, favourable, least, greatest);
          error = Math.max(error, auc.value() - ends.area(false));
          error = Math.max(error, ends.area(true) - auc.value());
        }
      }
    }
    return new ScoreBins(width, error);
  }

  /**
   * Some rows by the ends of their bins.
   *
   * @param rows among the members
   * @param favourable the class whose scores are ranked
   */
  private record Ends(
      LabelledSet set,
      Members members,
      int[] rows,
      int favourable,
      Answers.Soft least,
      Answers.Soft greatest) {

    /** The area with deserving rows at one end of their bins, and others at the other. */
    double area(boolean deservingAbove) {
      double[] scores = new double[rows.length];
      boolean[] deserving = new boolean[rows.length];
      double[] weights = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        int row = members.rows()[rows[i]];
        deserving[i] = set.target().codes()[row] == favourable;
        double one = score(least, row);
        double other = score(greatest, row);
        // The least score of the second of two classes is the greatest of the first.
        scores[i] = deserving[i] == deservingAbove ? Math.max(one, other) : Math.min(one, other);
        weights[i] = members.weights()[rows[i]];
      }
      return ((Known) new ScoredOutcomes(scores, deserving, weights, weights).areaUnderRoc(0, ""))
          .value();
    }

    private double score(Answers.Soft answers, int row) {
      return answers.logProbabilities()[row * answers.classes().size() + favourable];
    }
  }
}
