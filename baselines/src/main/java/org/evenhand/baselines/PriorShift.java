package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;
import org.evenhand.repair.Detail;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Class-prior shift: every class counts alike, whatever the attribute. log π_k is subtracted from
 * log p(k|x), where π is the classes' share of the calibration rows: the correction that turns
 * posteriors under the prior π into those under a uniform one (Saerens, Latinne and Decaestecker,
 * 2002, equation 2.4).
 *
 * <p>It knows nothing of groups, so that what another method gains beyond it is what it gained from
 * the attribute.
 */
public final class PriorShift implements Repair {
  private static final Method METHOD =
      new Method(
          "prior",
          "class-prior shift",
          "Saerens, Latinne and Decaestecker 2002, equation 2.4",
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
    float[] shift = new float[shares.length];
    for (int k = 0; k < shift.length; k++) {
      shift[k] = (float) -Math.log(Math.max(shares[k], Answers.FLOAT_FLOOR));
    }
    return new Proposal(
        METHOD,
        task.attributes(),
        new Proposal.Variant("baseline", "prior", "every class counts alike", "uniform"),
        List.of(),
        "It was asked for; it has no settings to choose.",
        Optional.empty(),
        new Shift(shift),
        List.of(),
        List.<Detail>of(table(answers.classes().names(), shares, shift)),
        List.of(),
        List.of(
            "A class-prior shift ignores the attribute: it is a reference for other repairs, not one to rely on."),
        Optional.empty());
  }

  private static FactTable table(List<String> classes, double[] shares, float[] shift) {
    List<List<Value>> rows = new ArrayList<>();
    for (int k = 0; k < shift.length; k++) {
      rows.add(
          List.of(
              new Value.Text(classes.get(k)),
              new Value.Quantity(shares[k], Unit.PERCENT),
              new Value.Quantity(shift[k], Unit.NATS)));
    }
    return FactTable.of(
        "shift",
        "What is added to each class",
        List.of(
            new FactTable.Column("class", "Class"),
            new FactTable.Column("share", "Share of the calibration rows"),
            new FactTable.Column("nats", "Added, nats")),
        rows);
  }

  /**
   * The same shift for every row.
   *
   * @param nats added to each class's log-probability
   */
  record Shift(float[] nats) implements Correction {
    @Override
    public int classes() {
      return nats.length;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(nats);
    }
  }
}
