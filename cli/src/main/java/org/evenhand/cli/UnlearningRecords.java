package org.evenhand.cli;

import java.util.List;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.UnlearningRecord;
import org.evenhand.onnx.HeadTensor;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.workflow.DecisionFlips;
import org.evenhand.workflow.Division;

/** From an edit to the record of it that evidence and report are made of. */
final class UnlearningRecords {
  private UnlearningRecords() {}

  static UnlearningRecord of(UnlearnRun.Measured measured, List<Provenance.Artefact> written) {
    UnlearnRun run = measured.run();
    Division division = run.division();
    DecisionRule decisionRule = run.request().judgement().decisionRule();
    return new UnlearningRecord(
        choice(run.proposal()),
        measured.before(),
        measured.after(),
        division.measuredOn(),
        rows(run),
        edit(run),
        DecisionFlips.count(
            division.unseen().set(),
            run.flips().request().columns(),
            measured.before().favourable(),
            division.unseen().answers().decisions(decisionRule),
            measured.corrected().decisions(decisionRule)),
        run.proposal().declined(),
        written,
        List.of());
  }

  private static UnlearningRecord.Choice choice(UnlearningProposal proposal) {
    return new UnlearningRecord.Choice(
        proposal.update().code(),
        proposal.update().title(),
        proposal.settings(),
        proposal.before().bias(),
        proposal.before().accuracy(),
        proposal.candidates().stream()
            .map(
                candidate ->
                    new UnlearningRecord.Candidate(
                        candidate.update().code(),
                        candidate.update().title(),
                        candidate.settings(),
                        candidate.judged().bias(),
                        candidate.judged().accuracy(),
                        candidate.chosen()))
            .toList());
  }

  private static UnlearningRecord.Rows rows(UnlearnRun run) {
    return new UnlearningRecord.Rows(
        run.training().name(),
        run.training().set().weight(),
        run.fitted().pairs().weight(),
        run.fitted().check().map(HeadRows::weight).orElse(0.0));
  }

  private static UnlearningRecord.Edit edit(UnlearnRun run) {
    UnlearningProposal.Certificate certificate = run.proposal().certificate();
    return new UnlearningRecord.Edit(
        run.deployed().describeHead(),
        run.deployed().headTensors().stream().map(HeadTensor::name).toList(),
        certificate.parameters(),
        certificate.change(),
        certificate.relativeChange(),
        run.proposal().predictedChange(),
        certificate.relativeRidge(),
        certificate.conditionNumber(),
        certificate.gradientResidual(),
        certificate.trainingGradient());
  }
}
