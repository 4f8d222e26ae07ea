package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Counterpart;
import org.evenhand.repair.Unseen;

/** Asks a model about both members of pairs and adds the counterfactual bias to an audit. */
public final class FlipAudit {
  private final Counterparts flips;
  private final DeployedModel model;
  private final AuditSettings settings;
  private final Notes notes;

  /**
   * @param flips how rows get counterparts
   * @param model is asked about them
   * @param settings of the audit
   * @param notes told of values that the model does not know
   */
  public FlipAudit(Counterparts flips, DeployedModel model, AuditSettings settings, Notes notes) {
    this.flips = flips;
    this.model = model;
    this.settings = settings;
    this.notes = notes;
  }

  /**
   * Audits the unseen rows of a division, with their counterparts if there are any.
   *
   * @param flips how rows get counterparts
   * @param division the rows
   * @param notes told of values that the model does not know
   */
  static Unseen.Auditor auditor(Counterparts flips, Division division, Notes notes) {
    return (model, answers, settings) -> {
      AuditResult audit = Audit.of(division.unseen().set(), answers, settings);
      return flips.request().isGiven()
          ? new FlipAudit(flips, model, settings, notes)
              .extend(audit, division.all().set(), division.unseenRows())
          : audit;
    };
  }

  /**
   * The audit with the counterfactual bias of every column that was named, and the ranking of those
   * that the model reads if that was asked for.
   *
   * @param audit of the rows
   * @param all every row, in the file's order
   * @param rows the rows that were audited
   */
  public AuditResult extend(AuditResult audit, LabelledSet all, int[] rows) {
    flips.requireLinks(all);
    requireIndependentPairs();
    List<CounterfactualBias> biases = new ArrayList<>();
    for (String column : flips.request().columns()) {
      biases.add(
          flips.reaches(column, model.inputs())
              ? measured(flips.pairs(column, all, rows, settings.seed()))
              : CounterfactualBias.notRead(column, weight(all, rows), flips.request().delta()));
    }
    List<CounterfactualBias> ranking = new ArrayList<>();
    if (flips.request().ranksAll()) {
      LabelledSet audited = all.select(rows);
      for (String column : flips.ranked(audited, model.inputs())) {
        ranking.add(measured(flips.rankedPairs(column, audited, settings.seed())));
      }
    }
    return audit.withCounterfactualBias(biases, ranking);
  }

  /** Pairs of one row share its weight, so that their number says nothing of a sample's. */
  private void requireIndependentPairs() {
    for (String column : flips.request().columns()) {
      if (settings.weights().equals(Optional.of(WeightKind.SAMPLING))
          && !flips.request().pairsRows()
          && flips.request().counterpart(column) instanceof Counterpart.EveryOther) {
        throw new WorkflowException(
            "With sampling weights there is no interval for rows that are flipped to every other value of '%s'; flip each to one value, or to a random one."
                .formatted(column));
      }
    }
  }

  private static double weight(LabelledSet all, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> all.weights()[row]).sum();
  }

  private CounterfactualBias measured(CounterfactualPairs pairs) {
    Table factual = pairs.factual().inputs();
    Table counterfactual = pairs.counterfactual().inputs();
    Answers before = model.answer(factual);
    Answers after = model.answer(counterfactual);
    List<String> known = model.warnings(factual);
    for (String warning : model.warnings(counterfactual)) {
      if (!known.contains(warning)) {
        notes.warn("with '%s' changed: %s".formatted(pairs.attribute(), warning));
      }
    }
    return CounterfactualAudit.of(pairs, before, after, flips.request().delta(), settings);
  }
}
