package org.evenhand.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.CoreException;
import org.evenhand.core.DecisionRule;
import org.jspecify.annotations.Nullable;

/** What executors keep of answers: the decision, the most probable class, and one probability. */
final class RowDecision implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Classes classes;
  private final DecisionRule rule;
  private final int scored;

  /**
   * @param settings say how probabilities become decisions
   * @param scored the class whose probability is kept
   */
  RowDecision(Classes classes, AuditSettings settings, int scored) {
    this.classes = classes;
    this.rule = settings.decisionRule();
    this.scored = scored;
  }

  /**
   * The answer of one row; nothing where these are no probabilities.
   *
   * @param probabilities of all classes
   */
  @Nullable Row ofProbabilities(scala.collection.@Nullable Seq<Double> probabilities) {
    if (probabilities == null || probabilities.size() != classes.size()) {
      return null;
    }
    double[] values = new double[classes.size()];
    for (int k = 0; k < values.length; k++) {
      Double value = probabilities.apply(k);
      values[k] = value == null ? Double.NaN : value;
    }
    Answers.Soft answers;
    try {
      answers = Answers.Soft.ofProbabilities(classes, values, Answers.FLOAT_FLOOR);
    } catch (CoreException e) {
      return null; // counted, and told with the number of such rows
    }
    return RowFactory.create(
        answers.decisions(rule)[0],
        answers.decisions(DecisionRule.MOST_PROBABLE)[0],
        values[scored]);
  }

  /**
   * What is left of a batch.
   *
   * @param kept so many values of every row, before the answer
   */
  List<Row> after(List<Row> batch, int kept, Answers answers) {
    int[] decisions = answers.decisions(rule);
    List<Row> left = new ArrayList<>(decisions.length);
    Answers.Soft soft = answers instanceof Answers.Soft given ? given : null;
    int[] likeliest =
        soft == null
            ? decisions
            : DecisionRule.MOST_PROBABLE.decide(soft.logProbabilities(), classes.size());
    for (int i = 0; i < decisions.length; i++) {
      Object[] values = new Object[kept + 3];
      for (int column = 0; column < kept; column++) {
        values[column] = batch.get(i).get(column);
      }
      values[kept] = decisions[i];
      values[kept + 1] = likeliest[i];
      values[kept + 2] =
          soft == null
              ? null
              : Math.min(1, Math.exp(soft.logProbabilities()[i * classes.size() + scored]));
      left.add(RowFactory.create(values));
    }
    return left;
  }
}
