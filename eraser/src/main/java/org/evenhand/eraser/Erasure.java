package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Goal;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Inference-Time Rule Eraser as a method of repair: the bias rule of the deployed model is
 * distilled from its answers to the calibration rows and subtracted in log space.
 *
 * <pre>{@code
 * Repair erasure = new Erasure(new Perceptron(PerceptronSettings.DEFAULT), EraserSettings.DEFAULT);
 * Proposal proposal = erasure.propose(RepairTask.of(calibration, answers, List.of("race")));
 * }</pre>
 */
public final class Erasure implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "erase",
          "Inference-Time Rule Eraser",
          "Rule Eraser (arXiv 2404.04814), equations 11 to 23; docs/estimators.md",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.INPUTS));

  private static final String NOT_RISKS =
      "Corrected probabilities are not recalibrated risks: they decide between the classes, and must be calibrated anew"
          + " before anyone reads them as the chance of an outcome.";

  private final PatchTrainer trainer;
  private final EraserSettings settings;

  /**
   * The method with its settings.
   *
   * @param trainer of patches and bias predictors
   * @param settings goal, strength, estimators and folds; seed, threads and decision rule are the
   *     task's
   */
  public Erasure(PatchTrainer trainer, EraserSettings settings) {
    this.trainer = trainer;
    this.settings = settings;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<org.evenhand.repair.Candidate> candidates(RepairTask task) {
    return Eraser.heldOut(task, trainer, ofTask(task)).entrySet().stream()
        .map(
            tried ->
                tried
                    .getValue()
                    .candidate(
                        METHOD,
                        tried.getKey().code() + ", goal " + settings.goal().label(),
                        () ->
                            new Erasure(trainer, settings.withEstimator(tried.getKey()))
                                .propose(task)))
        .toList();
  }

  private EraserSettings ofTask(RepairTask task) {
    return settings
        .withSeed(task.seed())
        .withThreads(task.threads())
        .withDecisionRule(task.decisionRule());
  }

  @Override
  public Proposal propose(RepairTask task) {
    EraserSettings ofTask = ofTask(task);
    ErasureProposal found =
        Eraser.propose(
            task.rows(), task.attributes(), task.scores(), trainer, ofTask, task.progress());
    Goal other = found.goal().other();
    return new Proposal(
        METHOD,
        found.attributes(),
        new Proposal.Variant(
            "estimator", found.estimator().code(), found.estimator().title(), found.goal().label()),
        List.of(
            Fact.text("goal", "Goal", found.goal().label()).meaning(found.goal().meaning()),
            Fact.number(
                "strength",
                "Share of the rule that is subtracted",
                settings.strength(),
                Unit.PERCENT),
            Fact.text("patch", "What reads the inputs", patches(found.removal().rule()))),
        found.why(),
        Optional.of(candidates(found)),
        found.removal(),
        List.of(new Proposal.Alternative(other.label(), other.meaning(), found.otherGoal())),
        List.of(diagnoses(found, task.rows().inputs())),
        found.diagnoses().stream().flatMap(diagnosis -> diagnosis.warnings().stream()).toList(),
        List.of(NOT_RISKS),
        found.declined());
  }

  private static String patches(BiasRule rule) {
    return rule.patches().stream().map(Patch::title).distinct().collect(Collectors.joining(", "));
  }

  private static FactTable candidates(ErasureProposal found) {
    List<Candidate> candidates = found.candidates();
    return new FactTable(
        "candidates",
        "Estimators compared",
        "By cross-validation: each fitted row corrected by a rule that was not fitted on it.",
        List.of(
            new FactTable.Column("method", "Estimator"),
            new FactTable.Column("name", "Name"),
            new FactTable.Column("worst_group_accuracy", "Worst group"),
            new FactTable.Column("model_bias", "Model Bias"),
            new FactTable.Column("average_group_accuracy", "Average of groups"),
            new FactTable.Column("note", "Note")),
        candidates.stream().map(Erasure::row).toList(),
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.get(i).estimator().equals(found.estimator()))
            .findFirst());
  }

  private static List<Value> row(Candidate candidate) {
    return List.of(
        new Value.Text(candidate.estimator().code()),
        new Value.Text(candidate.estimator().title()),
        new Value.Quantity(candidate.worst(), Unit.PERCENT),
        new Value.Quantity(candidate.modelBias(), Unit.POINTS),
        new Value.Quantity(candidate.average(), Unit.PERCENT),
        new Value.Text(candidate.note()));
  }

  private static FactGroup diagnoses(ErasureProposal found, Table inputs) {
    boolean table = hasTable(found.removal().rule());
    return new FactGroup(
        "diagnosis",
        "How well founded the rule is",
        found.diagnoses().stream()
            .map(diagnosis -> (Detail) diagnosis(diagnosis, table, inputs))
            .toList());
  }

  private static FactGroup diagnosis(Diagnosis diagnosis, boolean table, Table inputs) {
    List<Detail> details = new ArrayList<>();
    details.addAll(
        Recognised.facts(
            diagnosis.attribute(), inputs, diagnosis.balancedAccuracyOfBiasPredictor()));
    details.add(
        FactTable.of(
            "cells",
            "Fitted rows",
            List.of(
                new FactTable.Column("target", "Class"),
                new FactTable.Column("attribute", "Value"),
                new FactTable.Column("n", "Rows")),
            diagnosis.cells().stream().map(Erasure::cell).toList()));
    details.add(
        FactTable.of(
            "table_standard_errors_in_nats",
            "Standard error of the rule",
            List.of(
                new FactTable.Column("attribute", "Value"),
                new FactTable.Column("standard_error", "Standard error, nats")),
            diagnosis.standardErrors().stream()
                .filter(error -> table && Double.isFinite(error.nats()))
                .map(
                    error ->
                        List.<Value>of(
                            new Value.Text(error.attributeValue()),
                            new Value.Quantity(error.nats(), Unit.NATS)))
                .toList()));
    return new FactGroup(diagnosis.attribute(), diagnosis.attribute(), details);
  }

  private static List<Value> cell(Diagnosis.Cell cell) {
    return List.of(
        new Value.Text(cell.target()),
        new Value.Text(cell.attributeValue()),
        new Value.Quantity(cell.n(), Unit.COUNT));
  }

  /** Standard errors are those of a rule table; a patch that answers with the rule has none. */
  private static boolean hasTable(BiasRule rule) {
    return rule instanceof BiasRule.Tabulated
        || (rule instanceof BiasRule.Sum sum && sum.rules().stream().allMatch(Erasure::hasTable));
  }
}
