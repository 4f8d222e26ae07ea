package org.evenhand.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.Candidate;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.evidence.RepairRecord;

/** From a repair to the record of it that evidence and report are made of. */
final class RepairRecords {
  private RepairRecords() {}

  static RepairRecord of(RepairRun run, List<Provenance.Artefact> written) {
    RepairProposal proposal = run.proposal();
    RepairProposal.Measured measured = run.measured();
    Goal other = proposal.goal() == Goal.UNIFORM ? Goal.KEEP_CLASS_PRIOR : Goal.UNIFORM;
    return new RepairRecord(
        "erase",
        new RepairRecord.Choice(
            proposal.estimator().code(),
            proposal.estimator().title(),
            proposal.why(),
            proposal.candidates().stream()
                .map(candidate -> candidate(candidate, proposal))
                .toList()),
        run.settings().strength(),
        proposal.goal(),
        measured.before(),
        List.of(
            new RepairRecord.Outcome(proposal.goal(), measured.after()),
            new RepairRecord.Outcome(other, measured.afterOtherGoal())),
        new RepairRecord.FittedRows(
            run.division().fittedOn(), sum(run.division().fitted().set().weights())),
        run.division().measuredOn(),
        List.of(diagnosis(proposal)),
        flips(run),
        proposal.declined(),
        written,
        cautions(run));
  }

  private static RepairRecord.Candidate candidate(Candidate candidate, RepairProposal proposal) {
    GroupSummary figures =
        candidate
            .outOfFold()
            .orElse(new GroupSummary(Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    return new RepairRecord.Candidate(
        candidate.estimator().code(),
        candidate.estimator().title(),
        figures.worst(),
        figures.modelBias(),
        figures.average(),
        candidate.estimator().equals(proposal.estimator()),
        candidate.note());
  }

  private static RepairRecord.Diagnosis diagnosis(RepairProposal proposal) {
    boolean hasTable = proposal.removal().rule() instanceof BiasRule.Tabulated;
    return new RepairRecord.Diagnosis(
        proposal.attribute(),
        proposal.diagnosis().cells().stream()
            .map(cell -> new RepairRecord.Cell(cell.target(), cell.attributeValue(), cell.n()))
            .toList(),
        proposal.diagnosis().standardErrors().stream()
            .filter(error -> hasTable && Double.isFinite(error.nats()))
            .map(error -> new RepairRecord.TableError(error.attributeValue(), error.nats()))
            .toList(),
        OptionalDouble.of(proposal.diagnosis().balancedAccuracyOfBiasPredictor()),
        proposal.diagnosis().warnings());
  }

  private static List<RepairRecord.Flips> flips(RepairRun run) {
    LabelledSet set = run.division().unseen().set();
    Attribute attribute = set.attribute(run.proposal().attribute());
    int favourable =
        set.target().classes().indexOf(run.measured().before().favourable()).orElse(-1);
    int[] before = run.decisionsBefore();
    int[] after = run.decisionsAfter();
    List<RepairRecord.Flips> flips = new ArrayList<>();
    for (int b = 0; b < attribute.size(); b++) {
      double rows = 0;
      double changed = 0;
      double gained = 0;
      double lost = 0;
      for (int row = 0; row < before.length; row++) {
        if (attribute.codes()[row] == b) {
          double weight = set.weights()[row];
          rows += weight;
          changed += before[row] != after[row] ? weight : 0;
          gained += before[row] != favourable && after[row] == favourable ? weight : 0;
          lost += before[row] == favourable && after[row] != favourable ? weight : 0;
        }
      }
      flips.add(
          new RepairRecord.Flips(
              attribute.name(), attribute.values().get(b), rows, changed, gained, lost));
    }
    return flips;
  }

  /** What got worse is said, not left to be found. */
  private static List<String> cautions(RepairRun run) {
    List<String> cautions = new ArrayList<>();
    AuditResult before = run.measured().before();
    AuditResult after = run.measured().after();
    String attribute = run.proposal().attribute();
    AttributeAudit was = before.attribute(attribute);
    AttributeAudit is = after.attribute(attribute);
    if (value(is.modelBias().estimate()) > value(was.modelBias().estimate())) {
      cautions.add(
          "Model Bias for '%s' is higher after the repair than before it on the %s rows."
              .formatted(attribute, run.division().measuredOn()));
    }
    if (value(is.worstGroupAccuracy()) < value(was.worstGroupAccuracy())) {
      cautions.add(
          "The worst group of '%s' is less accurate after the repair than before it on the %s rows."
              .formatted(attribute, run.division().measuredOn()));
    }
    if (value(after.overallAccuracy()) < value(before.overallAccuracy()) - 0.02) {
      cautions.add(
          "Overall accuracy falls by more than 2 points: the frequent class no longer gets the benefit of the doubt."
              + " With --keep-class-prior it does.");
    }
    return cautions;
  }

  /** NaN, which compares as neither higher nor lower, where the estimate is unknown. */
  private static double value(Estimate estimate) {
    return estimate instanceof Estimate.Known known ? known.value() : Double.NaN;
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
