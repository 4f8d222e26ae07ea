package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.PatchTrainer;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Equal odds from the model's own inputs: one threshold per value of the attribute, blended by what
 * the inputs say of the value, so that both classes are recognised alike whatever the value, at the
 * least cost in accuracy (docs/equal-odds.md). Every decision is deterministic.
 *
 * <pre>{@code
 * Repair equalOdds = new EqualOdds(new Perceptron(PerceptronSettings.DEFAULT));
 * Proposal proposal = equalOdds.propose(RepairTask.of(calibration, answers, List.of("race")));
 * }</pre>
 */
public final class EqualOdds implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "equal-odds",
          "equal odds by thresholds",
          "docs/equal-odds.md; the rule's form is that of Hardt, Price and Srebro 2016",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.INPUTS));

  static final String WHY =
      "It was asked for; of its two forms this one did better on calibration rows not fitted.";
  static final String NOT_RISKS =
      "Corrected probabilities are not recalibrated risks: they decide between the classes, and must be calibrated"
          + " anew before anyone reads them as the chance of an outcome.";

  /** Dense where a limit on overall accuracy decides how far a rare class can be recognised. */
  private static final double[] BALANCES = {
    0, 0.05, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1
  };

  private static final double[] PRICES = {0.25, 0.5, 1, 2, 4, 8, 16};
  private static final double STANDARD_BALANCE = 0.5;
  private static final double STANDARD_PRICE = 1;

  private final PatchTrainer trainer;

  /**
   * The method.
   *
   * @param trainer of the predictor of the attribute and of the second opinion
   */
  public EqualOdds(PatchTrainer trainer) {
    this.trainer = trainer;
  }

  /** One form: which scores have thresholds, and what those are chosen for. */
  private record Form(boolean secondOpinion, OddsThresholds.Aim aim) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%s, %s, pays %.2f",
          OddsFacts.scores(secondOpinion),
          OddsFacts.counted(aim.balance()),
          aim.price());
    }
  }

  @Override
  public Method method() {
    return METHOD;
  }

  private static boolean severalClasses(RepairTask task) {
    return task.rows().target().classes().size() > 2;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    if (severalClasses(task)) {
      return new MultiplierOdds(task, trainer).candidates();
    }
    OddsRows rows = new OddsRows(task, trainer);
    List<Candidate> candidates = new ArrayList<>();
    for (boolean secondOpinion : new boolean[] {false, true}) {
      OddsRows.HeldOut heldOut = rows.heldOut(secondOpinion);
      for (double balance : BALANCES) {
        for (double price : PRICES) {
          Form form = new Form(secondOpinion, new OddsThresholds.Aim(balance, price));
          double[][] thresholds = heldOut.thresholds(form.aim());
          candidates.add(
              new Candidate(
                  METHOD,
                  form.text(),
                  heldOut.decisions(thresholds),
                  heldOut.pairs(thresholds),
                  () -> proposal(task, rows, form, Optional.empty())));
        }
      }
    }
    return candidates;
  }

  @Override
  public Proposal propose(RepairTask task) {
    if (severalClasses(task)) {
      return new MultiplierOdds(task, trainer).propose();
    }
    OddsRows rows = new OddsRows(task, trainer);
    OddsThresholds.Aim aim = new OddsThresholds.Aim(STANDARD_BALANCE, STANDARD_PRICE);
    List<Form> forms = List.of(new Form(false, aim), new Form(true, aim));
    List<GroupSummary> figures =
        forms.stream()
            .map(form -> rows.heldOut(form.secondOpinion()))
            .map(heldOut -> rows.summary(heldOut.decisions(heldOut.thresholds(aim))))
            .toList();
    int best = best(figures);
    return proposal(
        task,
        rows,
        forms.get(best),
        Optional.of(table(forms.stream().map(Form::text).toList(), figures, best)));
  }

  /** Of forms, the one with the highest average group accuracy less its Model Bias. */
  static int best(List<GroupSummary> figures) {
    return IntStream.range(0, figures.size())
        .boxed()
        .min(
            Comparator.comparingDouble(i -> -figures.get(i).average() + figures.get(i).modelBias()))
        .orElseThrow();
  }

  /** What forms did by cross-validation. */
  static FactTable table(List<String> forms, List<GroupSummary> figures, int best) {
    return new FactTable(
        "candidates",
        "Forms compared",
        "By cross-validation: each fitted row decided by thresholds that were not fitted on it.",
        List.of(
            new FactTable.Column("form", "Form"),
            new FactTable.Column("model_bias", "Model Bias"),
            new FactTable.Column("overall_accuracy", "Overall"),
            new FactTable.Column("average_group_accuracy", "Average of groups"),
            new FactTable.Column("worst_group_accuracy", "Worst group")),
        IntStream.range(0, forms.size())
            .mapToObj(
                i ->
                    List.<Value>of(
                        new Value.Text(forms.get(i)),
                        new Value.Quantity(figures.get(i).modelBias(), Unit.POINTS),
                        new Value.Quantity(figures.get(i).overall(), Unit.PERCENT),
                        new Value.Quantity(figures.get(i).average(), Unit.PERCENT),
                        new Value.Quantity(figures.get(i).worst(), Unit.PERCENT)))
            .toList(),
        OptionalInt.of(best));
  }

  private Proposal proposal(
      RepairTask task, OddsRows rows, Form form, Optional<FactTable> candidates) {
    OddsRows.Fitted fitted = rows.fitted(form.secondOpinion(), form.aim());
    return new Proposal(
        METHOD,
        task.attributes(),
        new Proposal.Variant("form", "equal-odds", form.text(), "equal-odds"),
        List.of(
            OddsFacts.balance(form.aim().balance()),
            Fact.number(
                "price",
                "Points of this accuracy paid for a point less Model Bias",
                form.aim().price(),
                Unit.PLAIN),
            OddsFacts.ownWeight(fitted.refit().own()),
            OddsFacts.secondWeight(fitted.refit().second())),
        WHY,
        candidates,
        fitted.correction(),
        List.of(),
        List.<Detail>of(rows.recognised(task.attributes()), thresholds(rows, fitted)),
        rows.warnings(),
        List.of(NOT_RISKS),
        Optional.empty());
  }

  private static FactTable thresholds(OddsRows rows, OddsRows.Fitted fitted) {
    return FactTable.of(
        "thresholds",
        "Thresholds",
        List.of(
            new FactTable.Column("attribute", "Value"),
            new FactTable.Column(
                "log_odds", "Decided for the second class above, log-odds in nats")),
        IntStream.range(0, fitted.thresholds().length)
            .mapToObj(
                b ->
                    List.<Value>of(
                        new Value.Text(rows.values().get(b)),
                        new Value.Quantity(fitted.thresholds()[b], Unit.NATS)))
            .toList());
  }
}
