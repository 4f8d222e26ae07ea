package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/**
 * The updates of Fast Model Debias from labelled rows alone: counterparts are other people of the
 * same class and another value, as in the authors' experiments on faces. Replacing training rows is
 * left out, since it needs the counterparts of these.
 *
 * <pre>{@code
 * Repair unlearning = new GroupUnlearning();
 * Proposal proposal = unlearning.propose(task.withHead(HeadTask.of(model, calibration)));
 * }</pre>
 */
public final class GroupUnlearning implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "unlearn-groups",
          "Fast Model Debias with other people of the same class",
          "Fast Model Debias (arXiv 2310.12560); docs/updates.md",
          Method.Stage.HEAD,
          Set.of(Method.Need.WEIGHTS));

  private static final List<Update> ALL =
      Update.all().stream()
          .filter(update -> !(update instanceof ReplaceHarmful))
          .collect(Collectors.toUnmodifiableList());

  private final List<Update> updates;

  /** By any rule that needs no counterparts of training rows. */
  public GroupUnlearning() {
    this(ALL);
  }

  /**
   * By some rules.
   *
   * @param updates the rules, none of which replaces training rows
   */
  public GroupUnlearning(List<Update> updates) {
    this.updates = List.copyOf(updates);
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    return forms(task).candidates();
  }

  @Override
  public Proposal propose(RepairTask task) {
    return forms(task).propose();
  }

  private HeadForms forms(RepairTask task) {
    return new HeadForms(
        METHOD, task, (inside, rows, values, twins) -> steps(inside, rows, values, task.seed()));
  }

  private List<Step> steps(HeadTask inside, HeadRows rows, int[] values, long seed) {
    TrainedHead head = TrainedHead.of(inside.model().head(), rows).withAttribute(values);
    return HeadForms.ofUpdates(updates, head, pairs(rows, values, seed));
  }

  /**
   * Every row with a row of the same class and another value, drawn at random, and dealt out in
   * turn where there are several such values; rows without one are left out. At most {@value
   * #MOST_PAIRS}, evenly spread.
   */
  static PairRows pairs(HeadRows rows, int[] values, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.rows()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int most = IntStream.of(values).max().orElse(0) + 1;
    int classes = IntStream.of(rows.targets()).max().orElse(0) + 1;
    List<List<Integer>> groups =
        IntStream.range(0, classes * most)
            .mapToObj(group -> (List<Integer>) new ArrayList<Integer>())
            .toList();
    order.forEach(row -> groups.get(rows.targets()[row] * most + values[row]).add(row));
    int[] next = new int[groups.size()];
    List<Integer> factual = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      for (int turn = 1; turn < most; turn++) {
        int group =
            rows.targets()[row] * most + (values[row] + 1 + (row + turn) % (most - 1)) % most;
        if (!groups.get(group).isEmpty()) {
          factual.add(row);
          others.add(groups.get(group).get(next[group]++ % groups.get(group).size()));
          break;
        }
      }
    }
    int[] from = factual.stream().mapToInt(Integer::intValue).toArray();
    int[] to = others.stream().mapToInt(Integer::intValue).toArray();
    return spread(from, to, rows, values);
  }

  private static PairRows spread(int[] allFrom, int[] allTo, HeadRows rows, int[] values) {
    int[] spread = HeadForms.spread(allFrom.length);
    int[] from = IntStream.of(spread).map(i -> allFrom[i]).toArray();
    int[] to = IntStream.of(spread).map(i -> allTo[i]).toArray();
    HeadRows members = rows.select(from);
    return new PairRows(
        members,
        rows.select(to).weighted(members.weights()),
        IntStream.of(from).map(row -> values[row]).toArray(),
        IntStream.of(to).map(row -> values[row]).toArray(),
        Relation.OTHER_INDIVIDUAL);
  }
}
