package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.core.Answers;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;

/** Asks a model about both members of pairs and adds the counterfactual bias to an audit. */
final class FlipAudit {
  private final FlipOptions flips;
  private final DeployedModel model;
  private final AuditSettings settings;
  private final PrintWriter log;

  /**
   * @param log told of values that the model does not know
   */
  FlipAudit(FlipOptions flips, DeployedModel model, AuditSettings settings, PrintWriter log) {
    this.flips = flips;
    this.model = model;
    this.settings = settings;
    this.log = log;
  }

  /**
   * @param audit of the rows
   * @param all every row, in the file's order
   * @param rows the rows that were audited
   */
  AuditResult extend(AuditResult audit, LabelledSet all, int[] rows) {
    flips.requireLinks(all);
    List<CounterfactualBias> biases = new ArrayList<>();
    for (String column : flips.named()) {
      biases.add(
          flips.reaches(column, model.inputs())
              ? measured(flips.pairs(column, all, rows, settings.seed()))
              : CounterfactualBias.notRead(column, weight(all, rows), flips.delta()));
    }
    List<CounterfactualBias> ranking = new ArrayList<>();
    if (flips.ranks()) {
      LabelledSet audited = all.select(rows);
      for (String column : flips.ranked(audited, model.inputs())) {
        ranking.add(measured(flips.rankedPairs(column, audited, settings.seed())));
      }
    }
    return audit.withCounterfactualBias(biases, ranking);
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
        log.printf("evenhand: warning: with '%s' changed: %s%n", pairs.attribute(), warning);
      }
    }
    log.flush();
    return CounterfactualAudit.of(pairs, before, after, flips.delta(), settings);
  }
}
