package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Folds;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.OutOfFold;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value.Unit;

/**
 * Heads that are fitted to calibration rows, in several forms; each row is decided by heads that
 * were fitted without it.
 */
final class HeadForms {
  private static final int FOLDS = 5;

  /** More of them make an edit slower, and hardly better. */
  private static final int MOST_PAIRS = 2_000;

  /** Of the ridges that updates are tried with, the one whose forms a search compares. */
  private static final double RIDGE = 1e-3;

  private final Method method;
  private final RepairTask task;
  private final HeadTask inside;
  private final Fitting fitting;
  private final HeadShape shape;
  private final HeadRows rows;
  private final Members members;
  private final Optional<TwinRows> twins;
  private final List<String> cautions;

  /** A way to fit heads. */
  interface Fitting {
    /**
     * The heads, as many and in the same order whatever the rows.
     *
     * @param inside the head as it is deployed
     * @param rows to fit to
     * @param values of the attribute, one per row
     * @param pairs of those rows with their twins, values numbered alike; empty without twins
     */
    List<Step> of(HeadTask inside, HeadRows rows, int[] values, Optional<PairRows> pairs);
  }

  /**
   * Asks for the features of the rows.
   *
   * @throws org.evenhand.core.EvenhandException if the task has no head or several attributes
   */
  HeadForms(Method method, RepairTask task, Fitting fitting) {
    this(method, task, fitting, List.of(HeadEdit.VALIDATE));
  }

  /** With other cautions than that an edited model is a new one. */
  HeadForms(Method method, RepairTask task, Fitting fitting, List<String> cautions) {
    this.method = method;
    this.cautions = cautions;
    this.task = task;
    this.inside = task.head();
    this.fitting = fitting;
    if (task.attributes().size() != 1) {
      throw new UnlearningException(
          "Heads are fitted to the groups of one attribute, but %d are named; cross them as one."
              .formatted(task.attributes().size()));
    }
    LabelledSet set = task.rows();
    this.members = Members.of(set.attribute(task.attributes().get(0)), set.weights());
    this.shape = HeadShape.of(head());
    this.rows = HeadRows.of(inside.model(), set);
    this.twins =
        task.twins()
            .map(of -> new TwinRows(of, rows, inside.model(), members.attribute().values()));
  }

  /**
   * The pairs that updates are fitted to: all, or so many as are enough, spread evenly.
   *
   * @param size how many there are
   */
  static int[] spread(int size) {
    int taken = Math.min(size, MOST_PAIRS);
    return IntStream.range(0, taken).map(i -> (int) ((long) i * size / taken)).toArray();
  }

  /** The heads of update rules that a search compares. */
  static List<Step> ofUpdates(List<Update> updates, TrainedHead head, PairRows pairs) {
    List<Step> steps = new ArrayList<>();
    for (Update update : updates) {
      for (Step step : update.steps(head, pairs)) {
        if (step.ridge() == RIDGE) {
          steps.add(
              new Step(
                  "%s, %s".formatted(update.code(), step.settings()),
                  step.parameters(),
                  step.ridge(),
                  step.objective()));
        }
      }
    }
    return steps;
  }

  private Head head() {
    return inside.model().head();
  }

  /** Fits to the members among some rows. */
  private List<Step> fit(boolean[] kept) {
    Members some = members.among(kept);
    return fitting.of(
        inside,
        rows.select(some.rows()).weighted(some.weights()),
        some.attribute().codes(),
        twins.flatMap(of -> of.pairs(kept)));
  }

  private List<Step> fitToAll() {
    boolean[] all = new boolean[rows.rows()];
    Arrays.fill(all, true);
    return fit(all);
  }

  /** The forms with their decisions. */
  List<Candidate> candidates() {
    LabelledSet set = task.rows();
    Folds folds =
        Folds.stratified(
            List.of(set.target().codes(), set.attribute(task.attributes().get(0)).codes()),
            FOLDS,
            task.seed());
    List<String> forms = new ArrayList<>();
    List<OutOfFold> judged = new ArrayList<>();
    for (int f = 0; f < folds.count(); f++) {
      boolean[] kept = new boolean[rows.rows()];
      for (int row : folds.outside(f)) {
        kept[row] = true;
      }
      List<Step> steps = fit(kept);
      int[] held = folds.in(f);
      HeadRows asked = rows.select(held);
      for (int form = 0; form < steps.size(); form++) {
        if (f == 0) {
          forms.add(steps.get(form).settings());
          judged.add(new OutOfFold(task, task.decisionRule()));
        }
        double[] parameters = steps.get(form).parameters();
        judged
            .get(form)
            .note(
                held,
                shape.answers(head().classes(), parameters, asked),
                of -> shape.answers(head().classes(), parameters, twins.orElseThrow().of(held)));
      }
      task.progress().step("fitting heads", f + 1, folds.count());
    }
    return IntStream.range(0, forms.size())
        .mapToObj(
            form ->
                judged
                    .get(form)
                    .candidate(
                        method,
                        forms.get(form),
                        () -> proposal(fitToAll().get(form), "It was asked for.")))
        .toList();
  }

  /** The form of the highest average group accuracy less Model Bias. */
  Proposal propose() {
    return propose(
        "average group accuracy less Model Bias",
        figures -> figures.average() - figures.modelBias());
  }

  /**
   * The form of the highest merit.
   *
   * @param named the merit, as it stands in a sentence
   * @param merit of decisions about rows that a form was not fitted to
   */
  Proposal propose(String named, ToDoubleFunction<GroupSummary> merit) {
    List<Double> merits =
        candidates().stream()
            .map(candidate -> merit.applyAsDouble(summary(candidate.decisions())))
            .toList();
    int best =
        IntStream.range(0, merits.size())
            .boxed()
            .max(Comparator.comparingDouble(merits::get))
            .orElseThrow();
    return proposal(
        fitToAll().get(best),
        "Of %d forms this one has the highest %s on calibration rows that it was not fitted to."
            .formatted(merits.size(), named));
  }

  /** The only form of a method that has one. */
  Proposal proposeOnly() {
    return proposal(fitToAll().get(0), "It was asked for.");
  }

  private GroupSummary summary(int[] decisions) {
    return GroupSummary.of(
        task.rows().target().select(members.rows()),
        members.attribute(),
        Arrays.stream(members.rows()).map(row -> decisions[row]).toArray(),
        members.weights());
  }

  private Proposal proposal(Step step, String why) {
    double[] before = shape.parameters(head());
    double change = Vectors.norm(Vectors.plus(step.parameters(), -1, before));
    return new Proposal(
        method,
        task.attributes(),
        new Proposal.Variant("form", method.code(), step.settings(), "edited"),
        List.of(Fact.text("settings", "Settings", step.settings())),
        why,
        Optional.empty(),
        new EditedHead(shape.head(head(), step.parameters())),
        List.of(),
        List.<Detail>of(
            Fact.text("layer", "Layer", inside.model().describeHead()),
            Fact.texts("tensors", "Tensors", inside.model().headTensorNames()),
            Fact.number("parameters", "Numbers that may change", shape.parameters(), Unit.COUNT)
                .meaning("Every other byte of the model file stays as it is."),
            Fact.number(
                "relative_change",
                "Change in norms of the deployed weights",
                change / Vectors.norm(before),
                Unit.PLAIN)),
        Stream.of(members.unknown())
            .filter(unknown -> unknown > 0)
            .map(
                unknown ->
                    "'%s' is unknown for %.0f calibration rows; the head is fitted to the others."
                        .formatted(task.attributes().get(0), unknown))
            .toList(),
        cautions,
        Optional.empty());
  }
}
