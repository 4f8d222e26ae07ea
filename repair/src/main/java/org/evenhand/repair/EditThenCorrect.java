package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.CorrectedHead;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EditedHead;

/**
 * Two methods in turn: one edits the last layer, the other learns from the edited model's answers
 * what to correct in them.
 *
 * <pre>{@code
 * Repair both = new EditThenCorrect(method, new GroupUnlearning(), new Erasure(trainer, settings));
 * Proposal proposal = both.propose(task.withHead(HeadTask.of(model, calibration)));
 * }</pre>
 */
public final class EditThenCorrect implements Searchable {
  private final Method method;
  private final Repair edit;
  private final Repair correction;

  /**
   * Both.
   *
   * @param method what they are together
   * @param edit proposes an edited head
   * @param correction proposes a correction
   */
  public EditThenCorrect(Method method, Repair edit, Repair correction) {
    this.method = method;
    this.edit = edit;
    this.correction = correction;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    HeadTask inside = task.head();
    Folds folds = TriedMethods.folds(task);
    OutOfFold judged = new OutOfFold(task, task.decisionRule());
    for (int f = 0; f < folds.count(); f++) {
      RepairTask fitted = task.select(folds.outside(f));
      Found found = find(fitted.withHead(HeadTask.of(inside.model(), fitted.rows())));
      DeployedModel changed = found.change().applyTo(inside.model());
      judged.note(folds.in(f), (deployed, inputs) -> (Answers.Soft) changed.answer(inputs));
      task.progress().step(method.title(), f + 1, folds.count());
    }
    return List.of(judged.candidate(method, "", () -> propose(task)));
  }

  /**
   * What both propose.
   *
   * @param edited of the head
   * @param corrected of the edited model's answers
   * @param change of the deployed model
   */
  private record Found(Proposal edited, Proposal corrected, CorrectedHead change) {}

  private Found find(RepairTask task) {
    Proposal edited = edit.propose(task);
    EditedHead head = (EditedHead) edited.change();
    DeployedModel model = head.applyTo(task.head().model());
    Answers answers = model.answer(task.rows().inputs());
    Proposal corrected = correction.propose(task.withAnswers(answers));
    return new Found(edited, corrected, new CorrectedHead(head, (Correction) corrected.change()));
  }

  @Override
  public Proposal propose(RepairTask task) {
    Found found = find(task);
    return new Proposal(
        method,
        task.attributes(),
        new Proposal.Variant(
            found.corrected().variant().kind(),
            found.corrected().variant().code(),
            "%s, then %s"
                .formatted(found.edited().variant().title(), found.corrected().variant().title()),
            method.code()),
        both(found.edited().settings(), found.corrected().settings()),
        "%s Then: %s".formatted(found.edited().why(), found.corrected().why()),
        Optional.empty(),
        found.change(),
        List.of(),
        both(found.edited().details(), found.corrected().details()),
        // That the edit left nothing to correct is no reason against both.
        both(
            both(found.edited().warnings(), found.corrected().warnings()),
            found.corrected().declined().stream().toList()),
        both(found.edited().cautions(), found.corrected().cautions()),
        found.edited().declined());
  }

  private static <T> List<T> both(List<? extends T> first, List<? extends T> second) {
    return Stream.<T>concat(first.stream(), second.stream()).toList();
  }
}
