package org.evenhand.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Goal;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.Candidate;
import org.evenhand.eraser.Diagnosis;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.evidence.RepairRecord;
import org.evenhand.workflow.DecisionFlips;

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
            run.division().fittedOn(), run.division().fitted().set().weight()),
        run.division().measuredOn(),
        proposal.diagnoses().stream()
            .map(diagnosis -> record(diagnosis, hasTable(proposal.removal().rule())))
            .toList(),
        DecisionFlips.count(
            run.division().unseen().set(),
            run.proposal().attributes(),
            measured.before().favourable(),
            run.decisionsBefore(),
            run.decisionsAfter()),
        proposal.declined(),
        written,
        cautions(run));
  }

  private static RepairRecord.Candidate candidate(Candidate candidate, RepairProposal proposal) {
    return new RepairRecord.Candidate(
        candidate.estimator().code(),
        candidate.estimator().title(),
        candidate.worst(),
        candidate.modelBias(),
        candidate.average(),
        candidate.estimator().equals(proposal.estimator()),
        candidate.note());
  }

  private static RepairRecord.Diagnosis record(Diagnosis diagnosis, boolean hasTable) {
    return new RepairRecord.Diagnosis(
        diagnosis.attribute(),
        diagnosis.cells().stream()
            .map(cell -> new RepairRecord.Cell(cell.target(), cell.attributeValue(), cell.n()))
            .toList(),
        diagnosis.standardErrors().stream()
            .filter(error -> hasTable && Double.isFinite(error.nats()))
            .map(error -> new RepairRecord.TableError(error.attributeValue(), error.nats()))
            .toList(),
        OptionalDouble.of(diagnosis.balancedAccuracyOfBiasPredictor()),
        diagnosis.warnings());
  }

  /** Standard errors are those of a rule table; a patch that answers with the rule has none. */
  private static boolean hasTable(BiasRule rule) {
    return rule instanceof BiasRule.Tabulated
        || (rule instanceof BiasRule.Sum sum
            && sum.rules().stream().allMatch(RepairRecords::hasTable));
  }

  /** What got worse is said, not left to be found. */
  private static List<String> cautions(RepairRun run) {
    List<String> cautions = new ArrayList<>();
    AuditResult before = run.measured().before();
    AuditResult after = run.measured().after();
    String rows = run.division().measuredOn();
    for (String attribute : run.proposal().attributes()) {
      AttributeAudit was = before.attribute(attribute);
      AttributeAudit is = after.attribute(attribute);
      if (value(is.modelBias().estimate()) > value(was.modelBias().estimate())) {
        cautions.add(
            "Model Bias for '%s' is higher after the repair than before it on the %s rows."
                .formatted(attribute, rows));
      }
      if (value(is.worstGroupAccuracy()) < value(was.worstGroupAccuracy())) {
        cautions.add(
            "The worst group of '%s' is less accurate after the repair than before it on the %s rows."
                .formatted(attribute, rows));
      }
    }
    if (run.proposal().goal() == Goal.UNIFORM
        && value(after.overallAccuracy()) < value(before.overallAccuracy()) - 0.02) {
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
}
