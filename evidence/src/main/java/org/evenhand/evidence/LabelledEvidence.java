package org.evenhand.evidence;

import org.evenhand.audit.AuditResult;
import org.evenhand.repair.Effects;
import org.evenhand.repair.Harm;
import org.evenhand.repair.Measured;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.RepairJudgement;

/** Evidence as a page shows it: with labels in the places of classes and values. */
final class LabelledEvidence {
  private final Presentation presentation;
  private final Labelled names;

  private LabelledEvidence(Evidence evidence) {
    presentation = evidence.presentation();
    names = new Labelled(presentation, evidence.deployed());
  }

  static Evidence of(Evidence evidence) {
    if (evidence.presentation().labels().isEmpty()) {
      return evidence;
    }
    LabelledEvidence labelled = new LabelledEvidence(evidence);
    if (evidence instanceof Evidence.Audit audit) {
      return new Evidence.Audit(
          audit.commandLine(),
          labelled.audit(audit.result()),
          audit.provenance(),
          audit.presentation());
    }
    Evidence.Repair repair = (Evidence.Repair) evidence;
    return new Evidence.Repair(
        repair.commandLine(),
        labelled.repair(repair.repair()),
        repair.provenance(),
        repair.presentation());
  }

  private AuditResult audit(AuditResult audit) {
    return Labelled.of(audit, presentation);
  }

  private RepairRecord repair(RepairRecord repair) {
    RepairJudgement judgement = repair.judgement();
    return new RepairRecord(
        repair.command(),
        repair.proposal(),
        measured(repair.measured()),
        new RepairJudgement(
            judgement.findings(),
            judgement.declined().map(presentation::inSentence),
            judgement.beyondLimit(),
            judgement.instead()),
        repair.fittedOn(),
        repair.outputs(),
        repair.images().map(this::images));
  }

  private ShownImages images(ShownImages shown) {
    return new ShownImages(
        shown.added(),
        shown.model(),
        shown.repair(),
        shown.images().stream()
            .map(
                image ->
                    new ShownImages.Image(
                        image.name(),
                        presentation.inSentence(image.group()),
                        image.model(),
                        image.repair()))
            .toList());
  }

  private Measured measured(Measured measured) {
    return new Measured(
        measured.rows(),
        audit(measured.before()),
        audit(measured.after()),
        measured.changed(),
        measured.alternatives().stream()
            .map(other -> new Measured.Alternative(other.label(), audit(other.after())))
            .toList(),
        effects(measured.effects()));
  }

  private Effects effects(Effects effects) {
    return new Effects(
        effects.overall(),
        effects.attributes(),
        effects.people().stream().map(this::people).toList(),
        effects.harms().stream()
            .map(
                harm ->
                    new Harm(
                        harm.code(),
                        presentation.inSentence(harm.text()),
                        harm.before(),
                        harm.after()))
            .toList());
  }

  private PeopleChange people(PeopleChange change) {
    return new PeopleChange(
        change.attribute(),
        names.valueLabel(change.attribute(), change.value()),
        change.n(),
        change.changed(),
        change.toFavourable(),
        change.toUnfavourable(),
        change.becameRight(),
        change.becameWrong());
  }
}
