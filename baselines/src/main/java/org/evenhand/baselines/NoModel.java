package org.evenhand.baselines;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * What the calibration rows alone can do: a model trained on them, with every group (class, value)
 * counting alike, answers in the deployed one's place. A repair that is not better owes nothing to
 * the deployed model. It is a correction, which the deployed answers cancel in, so that a search
 * can hold it against others.
 */
public final class NoModel implements Repair {
  private static final Method METHOD =
      new Method(
          "no-model",
          "a group-balanced model of the calibration rows alone",
          "docs/baselines.md",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.INPUTS));

  private final PatchTrainer trainer;

  /**
   * The control.
   *
   * @param trainer of the new model
   */
  public NoModel(PatchTrainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    return propose(
        METHOD,
        trainer,
        "The deployed model is not asked at all: this is a reference that says what the calibration rows alone can do.",
        task);
  }

  /**
   * A model of the calibration rows in the deployed one's place, every group counting alike.
   *
   * @param method that it is proposed by
   * @param trainer of the model
   * @param caution what is to be known of it
   * @param task with the rows
   */
  static Proposal propose(Method method, PatchTrainer trainer, String caution, RepairTask task) {
    LabelledSet rows = task.rows();
    int classes = rows.target().classes().size();
    double[] labels = PatchTrainer.certainLabels(rows.target().codes(), classes);
    return new Proposal(
        method,
        task.attributes(),
        new Proposal.Variant("baseline", method.code(), "trained anew", method.code()),
        List.of(),
        "It was asked for; it has no settings to choose.",
        Optional.empty(),
        new OtherAnswer(trainer.train(rows.inputs(), labels, classes, balanced(task), task.seed())),
        List.of(),
        List.of(),
        List.of(),
        List.of(caution),
        Optional.empty());
  }

  /** Weights under which every group of one attribute counts alike; rows of unknown value none. */
  static double[] balanced(RepairTask task) {
    LabelledSet rows = task.rows();
    if (task.attributes().size() > 1) {
      throw new BaselinesException(
          "Groups are balanced by one attribute, but %d are named: %s; cross them to one, or name one of them."
              .formatted(task.attributes().size(), String.join(", ", task.attributes())));
    }
    Attribute attribute = rows.attribute(task.attributes().get(0));
    int[] targets = rows.target().codes();
    double[] groups = new double[rows.target().classes().size() * attribute.size()];
    for (int row = 0; row < targets.length; row++) {
      if (attribute.codes()[row] != Attribute.UNKNOWN) {
        groups[targets[row] * attribute.size() + attribute.codes()[row]] += rows.weights()[row];
      }
    }
    double[] weights = new double[targets.length];
    for (int row = 0; row < weights.length; row++) {
      if (attribute.codes()[row] != Attribute.UNKNOWN && rows.weights()[row] > 0) {
        weights[row] =
            rows.weights()[row] / groups[targets[row] * attribute.size() + attribute.codes()[row]];
      }
    }
    return weights;
  }

  /**
   * What another model answers; the deployed one's answers cancel.
   *
   * @param model has K outputs
   */
  record OtherAnswer(Patch model) implements Correction {
    @Override
    public int classes() {
      return model.outputs();
    }

    @Override
    public List<Patch> patches() {
      return List.of(model);
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.minus(formula.logProbabilities(model, Answers.FLOAT_FLOOR), formula.answers());
    }
  }
}
