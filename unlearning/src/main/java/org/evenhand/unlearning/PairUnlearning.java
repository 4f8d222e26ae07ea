package org.evenhand.unlearning;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.core.Head;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Searchable;

/**
 * The updates of Fast Model Debias in a search: each is fitted to calibration rows and their twins,
 * and judged on others. The Hessian is that of the same rows, so that no form has seen what it is
 * judged on; {@link HeadEdit} takes the rows that the model was trained on. Replacing training rows
 * is left out, since it needs the counterparts of these.
 *
 * <pre>{@code
 * RepairTask paired = task.withHead(HeadTask.of(model, rows)).withTwins(twins);
 * List<Candidate> forms = new PairUnlearning().candidates(paired);
 * }</pre>
 */
public final class PairUnlearning implements Searchable {
  private static final List<Update> UPDATES =
      Update.all().stream()
          .filter(update -> !(update instanceof ReplaceHarmful))
          .collect(Collectors.toUnmodifiableList());

  @Override
  public Method method() {
    return HeadEdit.METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    return new HeadForms(
            HeadEdit.METHOD,
            task,
            (inside, rows, values, pairs) -> steps(inside.model().head(), rows, values, pairs),
            List.of(HeadEdit.PROXIES, HeadEdit.VALIDATE))
        .candidates();
  }

  /** {@inheritDoc} Of its forms that which lowers counterfactual bias most, by a search. */
  @Override
  public Proposal propose(RepairTask task) {
    return new RepairSearch(
            List.of(this),
            SearchLimits.of(Aim.COUNTERFACTUAL_BIAS, UnlearningSettings.DEFAULT.maxAccuracyLoss()))
        .propose(task);
  }

  private static List<Step> steps(
      Head deployed, HeadRows rows, int[] values, Optional<PairRows> twins) {
    PairRows pairs =
        twins.orElseThrow(
            () -> new UnlearningException("There are no counterfactual pairs to unlearn from."));
    TrainedHead head = TrainedHead.of(deployed, rows).withAttribute(values);
    return HeadForms.ofUpdates(UPDATES, head, pairs.select(HeadForms.spread(pairs.size())));
  }
}
