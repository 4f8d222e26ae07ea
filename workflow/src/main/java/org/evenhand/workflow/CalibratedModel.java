package org.evenhand.workflow;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.EffectiveRows;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.RareValues;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Unseen;

/**
 * A deployed model that can only be asked, with its answers to the rows that a repair may learn
 * from and to those that it is measured on.
 *
 * @param deployed the model
 * @param images that it reads, to be closed after it
 * @param division the rows
 * @param judgement of the audits, with the rule by which the model decides
 * @param task the rows to learn from
 * @param unseen the others
 */
record CalibratedModel(
    DeployedModel deployed,
    LabelledImages images,
    Division division,
    AuditSettings judgement,
    RepairTask task,
    Unseen unseen)
    implements AutoCloseable {

  /**
   * Opens a model and asks it about all rows.
   *
   * @param box the model with its rows
   * @param judgement of the audits
   * @param testFraction share of the rows that is held out where there are no test rows
   * @param seed of the division
   * @param notes told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, or model and rows do not
   *     fit
   */
  static CalibratedModel open(
      RepairRequest.BlackBox box,
      AuditSettings judgement,
      double testFraction,
      long seed,
      Notes notes) {
    LabelledImages images = new LabelledImages(box.images(), notes);
    try (Notes.Watch asking = notes.watch(endOfAsking(box))) {
      DeployedModel deployed =
          box.inside() ? box.model().openInside(asking) : box.model().open(asking);
      try {
        return answered(box, deployed, images, judgement, testFraction, seed, notes);
      } catch (RuntimeException e) {
        deployed.close();
        throw e;
      }
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  /** A server is slower than what is learned from its answers. */
  private static double endOfAsking(RepairRequest.BlackBox box) {
    return box.model() instanceof ModelSource.Url ? 0.7 : 0.1;
  }

  private static CalibratedModel answered(
      RepairRequest.BlackBox box,
      DeployedModel deployed,
      LabelledImages images,
      AuditSettings judgement,
      double testFraction,
      long seed,
      Notes notes) {
    Counterparts flips = Counterparts.of(box.flips());
    AnsweredRows all = new RowReader(box.rows(), flips, notes).answeredBy(deployed, images);
    AuditSettings settled =
        judgement.withDecisionRule(judgement.decisionRule().onScores(all.answers()));
    Division division = Division.of(all, box.rows().split(), testFraction, seed);
    // Some exporters list the label among the inputs.
    Set<String> hidden = new HashSet<>(Set.of(box.rows().roles().requiredTarget()));
    if (box.blind()) {
      hidden.addAll(box.rows().roles().attributeColumns(all.table().names()));
      hidden.addAll(box.flips().columns());
    }
    RareValues common =
        RareValues.unknownIn(
            PatchView.of(deployed, hidden).of(division.fitted().set()), box.attributes());
    common.warnings().forEach(notes::warn);
    LabelledSet seen = common.rows();
    RepairTask task =
        RepairTask.of(
            judgement.weights().equals(Optional.of(WeightKind.SAMPLING))
                ? EffectiveRows.counted(seen)
                : seen,
            division.fitted().answers(),
            box.attributes());
    for (String column : box.flips().columns()) {
      task = task.withTwins(flips.twins(column, all.set(), division.fittedRows(), deployed));
    }
    return new CalibratedModel(
        deployed,
        images,
        division,
        settled,
        deployed instanceof HeadedClassifier model
            ? task.withHead(HeadTask.of(model, task.rows()))
            : task,
        new Unseen(
            division.measuredOn(),
            division.unseen().set(),
            division.unseen().answers(),
            settled,
            FlipAudit.auditor(flips, division, notes)));
  }

  @Override
  public void close() {
    try (images) {
      deployed.close();
    }
  }
}
