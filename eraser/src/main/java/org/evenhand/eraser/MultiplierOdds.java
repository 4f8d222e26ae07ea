package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.PatchTrainer;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/** Equal odds among several classes: multipliers of p(y,b|x) (docs/equal-odds.md). */
final class MultiplierOdds {
  private static final double[] BALANCES = {0, 0.25, 0.5, 1};
  private static final double[] BOUNDS = {0, 0.01, 0.02, 0.05, 0.1};
  private static final double OF_WORST = 0.9;
  private static final CellRules.Aim STANDARD = new CellRules.Aim(0.5, 0, 0);

  private final RepairTask task;
  private final CellRows rows;

  MultiplierOdds(RepairTask task, PatchTrainer trainer) {
    this.task = task;
    this.rows = new CellRows(task, trainer);
  }

  /** One form. */
  private record Form(boolean secondOpinion, CellRules.Aim aim) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%s, %s, groups within %.0f points",
          OddsFacts.scores(secondOpinion),
          aim.worst() > 0 ? "for the worst group" : OddsFacts.counted(aim.balance()),
          100 * aim.bound());
    }
  }

  private static List<CellRules.Aim> aims() {
    List<CellRules.Aim> aims = new ArrayList<>();
    for (double bound : BOUNDS) {
      for (double balance : BALANCES) {
        aims.add(new CellRules.Aim(balance, 0, bound));
      }
      aims.add(new CellRules.Aim(1, OF_WORST, bound));
    }
    return aims;
  }

  List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (boolean secondOpinion : new boolean[] {false, true}) {
      CellRows.HeldOut heldOut = rows.new HeldOut(secondOpinion);
      for (CellRules.Aim aim : aims()) {
        Form form = new Form(secondOpinion, aim);
        double[][] factors = heldOut.factors(aim);
        candidates.add(
            new Candidate(
                EqualOdds.METHOD,
                form.text(),
                heldOut.decisions(factors),
                heldOut.pairs(factors),
                () -> proposal(form, Optional.empty())));
      }
    }
    return candidates;
  }

  Proposal propose() {
    List<Form> forms = List.of(new Form(false, STANDARD), new Form(true, STANDARD));
    List<GroupSummary> figures =
        forms.stream()
            .map(form -> rows.new HeldOut(form.secondOpinion()))
            .map(heldOut -> heldOut.decisions(heldOut.factors(STANDARD)))
            .map(rows::summary)
            .toList();
    int best = EqualOdds.best(figures);
    return proposal(
        forms.get(best),
        Optional.of(EqualOdds.table(forms.stream().map(Form::text).toList(), figures, best)));
  }

  private Proposal proposal(Form form, Optional<FactTable> candidates) {
    CellRows.Fitted fitted = rows.fitted(form.secondOpinion(), form.aim());
    return new Proposal(
        EqualOdds.METHOD,
        task.attributes(),
        new Proposal.Variant("form", "equal-odds", form.text(), "equal-odds"),
        List.of(
            OddsFacts.balance(form.aim().balance()),
            Fact.number("worst", "Weight of the worst group", form.aim().worst(), Unit.PERCENT),
            Fact.number(
                "bound", "Groups differ from the middle by", form.aim().bound(), Unit.POINTS),
            OddsFacts.ownWeight(fitted.refit().own()),
            OddsFacts.secondWeight(fitted.refit().second())),
        EqualOdds.WHY,
        candidates,
        fitted.correction(),
        List.of(),
        List.of(
            rows.recognised(task.attributes()),
            multipliers(fitted),
            Fact.number("ties", "Calibration rows with a tie", fitted.ties(), Unit.COUNT)
                .meaning("Decided for the first of the tied classes.")),
        rows.warnings(),
        List.of(EqualOdds.NOT_RISKS),
        Optional.empty());
  }

  private FactTable multipliers(CellRows.Fitted fitted) {
    List<List<Value>> table = new ArrayList<>();
    List<String> classes = task.rows().target().classes().names();
    int values = rows.values().size();
    for (int c = 0; c < classes.size() * values; c++) {
      table.add(
          List.of(
              new Value.Text(classes.get(c / values)),
              new Value.Text(rows.values().get(c % values)),
              new Value.Quantity(fitted.correction().factors()[c], Unit.PLAIN),
              new Value.Quantity(fitted.rule().accuracies()[c], Unit.PERCENT)));
    }
    return FactTable.of(
        "multipliers",
        "Multipliers",
        List.of(
            new FactTable.Column("target", "Class"),
            new FactTable.Column("attribute", "Value"),
            new FactTable.Column("multiplier", "Of the chance of both, the largest being 1"),
            new FactTable.Column("expected", "Then recognised")),
        table);
  }
}
