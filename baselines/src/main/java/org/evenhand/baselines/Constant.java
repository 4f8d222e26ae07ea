package org.evenhand.baselines;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * The constant answer: every row gets the classes' shares of the calibration rows, and so the
 * commonest class. It has no bias and no use: what a repair reaches beyond its overall accuracy is
 * what it reaches.
 */
public final class Constant implements Repair {
  private static final Method METHOD =
      new Method(
          "constant",
          "the commonest class for everybody",
          "docs/baselines.md",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    Answers.Soft answers = task.scores();
    double[] shares = ClassShares.of(task.rows());
    float[] logs = new float[shares.length];
    int commonest = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = (float) Math.log(Math.max(shares[k], Answers.FLOAT_FLOOR));
      commonest = shares[k] > shares[commonest] ? k : commonest;
    }
    return new Proposal(
        METHOD,
        task.attributes(),
        new Proposal.Variant("baseline", "constant", "the same answer for every row", "constant"),
        List.of(),
        "It was asked for; it has no settings to choose.",
        Optional.empty(),
        new SameAnswer(logs),
        List.of(),
        List.of(
            Fact.text("class", "Everybody is decided", answers.classes().names().get(commonest))),
        List.of(),
        List.of(
            "The constant answer reads nothing about a row: it is a reference for other repairs, not one to rely on."),
        Optional.of("it decides one class for everybody."));
  }

  /**
   * The same answer for every row.
   *
   * @param logs log-probabilities of the classes
   */
  record SameAnswer(float[] logs) implements Correction {
    @Override
    public int classes() {
      return logs.length;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.minus(formula.everywhere(logs), formula.answers());
    }
  }
}
