package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.OverallMetric;
import org.evenhand.evidence.Presentation;
import org.evenhand.evidence.RepairRecord;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Effects;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Measured;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairJudgement;
import org.evenhand.repair.Value;
import org.evenhand.workflow.RepairRun;

/** A repair of any method for a person at a terminal: before beside after. */
final class RepairText {
  private final PrintWriter out;
  private final Presentation names;

  RepairText(PrintWriter out, Presentation names) {
    this.out = out;
    this.names = names;
  }

  void print(RepairRun run) {
    RepairRecord record = run.record();
    Proposal proposal = record.proposal();
    Measured measured = record.measured();
    for (AttributeAudit was : measured.before().attributes()) {
      printHeadline(run, was, measured.after().attribute(was.attribute()));
    }
    printEffects(record);
    printFigures(run);
    line("");
    line(
        "%s %s, %s.",
        capitalized(proposal.variant().kind()),
        proposal.variant().code(),
        proposal.variant().title());
    line("%s", proposal.why());
    proposal.settings().forEach(setting -> line("%s: %s.", setting.title(), text(setting)));
    proposal.candidates().filter(table -> table.rows().size() > 1).ifPresent(this::printTable);
    printFacts(proposal.details());
    proposal.warnings().forEach(warning -> line("Warning: %s", warning));
    line("");
    run.files().forEach((role, path) -> line("%-9s %s", role, path));
    if (run.written()) {
      if (!run.files().containsKey("model")) {
        line("");
        line(
            "No fused model: a URL does not hand out the model's own graph. Run the step after the model: it takes the"
                + " model's scores and inputs and gives corrected probabilities, label and 'flipped'.%s",
            run.files().containsKey("patch")
                ? " Or subtract the patch's output 'correction' from the log-probabilities and normalise."
                : "");
      }
    }
  }

  private void printHeadline(RepairRun run, AttributeAudit was, AttributeAudit is) {
    String rows =
        String.format(
            Locale.ROOT,
            "(%.0f %s rows that nothing was fitted on)",
            run.record().measured().before().rows(),
            run.record().measured().rows());
    line(
        headline(run.record().judgement().declined().isPresent(), run.written()),
        was.attribute(),
        was.verdict(),
        is.verdict(),
        rows);
    if (was.counterfactualBias().isPresent() && is.counterfactualBias().isPresent()) {
      line(
          "%s, on counterfactual pairs: %s before, %s after",
          was.attribute(),
          was.counterfactualBias().get().verdict(),
          is.counterfactualBias().get().verdict());
    }
  }

  /** What it was for, what gets worse, and what it does to people: before any other figure. */
  private void printEffects(RepairRecord record) {
    Effects effects = record.measured().effects();
    for (RepairJudgement.AimFinding found : record.judgement().findings()) {
      for (String attribute : record.proposal().attributes()) {
        effects
            .attribute(attribute)
            .of(found.aim())
            .ifPresent(
                change ->
                    line(
                        "%s %s by '%s': %+.1f points [%+.1f, %+.1f] on the same rows",
                        word(Finding.of(change, found.aim().rises())),
                        found.aim().title(),
                        attribute,
                        100 * change.value(),
                        100 * change.low(),
                        100 * change.high()));
      }
    }
    effects
        .harms()
        .forEach(harm -> line("Harm (%s): %s", harm.code().code(), names.inSentence(harm.text())));
    record.judgement().beyondLimit().ifPresent(cost -> line("Beyond the limit: %s", cost));
    boolean favourable = !record.measured().before().favourable().isEmpty();
    line("");
    for (PeopleChange people : effects.people()) {
      line(
          "%s = %s: of %,.0f decisions %,.0f change%s; %,.0f become right, %,.0f wrong",
          people.attribute(),
          names.valueLabel(people.attribute(), people.value()),
          people.n(),
          people.changed(),
          favourable
              ? String.format(
                  Locale.ROOT,
                  ", %,.0f to '%s', %,.0f away from it",
                  people.toFavourable(),
                  names.classLabel(record.measured().before().favourable()),
                  people.toUnfavourable())
              : "",
          people.becameRight(),
          people.becameWrong());
    }
  }

  private static String word(Finding finding) {
    return switch (finding) {
      case SHOWN -> "Shown:";
      case OPEN -> "Open:";
      case WORSE -> "Worse:";
    };
  }

  private static String headline(boolean declined, boolean written) {
    if (!declined) {
      return "%s: %s before, %s after %s";
    }
    return written
        ? "%s: repair declined but written, as --force asks; %s before, %s after %s"
        : "%s: repair declined, no model written; %s now, would be %s %s";
  }

  private void printFigures(RepairRun run) {
    Measured measured = run.record().measured();
    List<String> titles = new ArrayList<>(List.of("before"));
    List<AuditResult> audits = new ArrayList<>(List.of(measured.before(), measured.after()));
    titles.add((run.written() ? "" : "tried: ") + run.record().proposal().variant().label());
    for (Measured.Alternative alternative : measured.alternatives()) {
      titles.add("(" + alternative.label() + ")");
      audits.add(alternative.after());
    }
    line("");
    line("%s", row("", titles));
    for (AttributeAudit was : measured.before().attributes()) {
      String name = was.attribute();
      List<AttributeAudit> all = audits.stream().map(audit -> audit.attribute(name)).toList();
      if (was.counterfactualBias().isPresent()) {
        line(
            "%s",
            row(name + ": counterfactual bias", all.stream().map(RepairText::onPairs).toList()));
      }
      for (AttributeMetric metric : AttributeMetric.forPeople()) {
        line(
            "%s",
            row(
                name + ": " + metric.title(),
                all.stream().map(audit -> percent(metric.of(audit))).toList()));
      }
    }
    for (OverallMetric metric : OverallMetric.values()) {
      line(
          "%s",
          row(metric.title(), audits.stream().map(audit -> percent(metric.of(audit))).toList()));
    }
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-36s", name));
    cells.forEach(cell -> row.append(String.format(Locale.ROOT, " %22s", cell)));
    return row.toString();
  }

  private static String onPairs(AttributeAudit audit) {
    return audit
        .counterfactualBias()
        .map(CounterfactualBias::judged)
        .map(bias -> percent(bias, 2))
        .orElse("-");
  }

  private static String percent(Estimate estimate) {
    return percent(estimate, 1);
  }

  private static String percent(Estimate estimate, int decimals) {
    return estimate instanceof Estimate.Known known
        ? String.format(
            Locale.ROOT,
            "%.{d}f [%.{d}f, %.{d}f]".replace("{d}", Integer.toString(decimals)),
            100 * known.value(),
            100 * known.low(),
            100 * known.high())
        : "unknown";
  }

  /** A table as wide as its longest cells. */
  private void printTable(FactTable table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.columns().stream().map(FactTable.Column::title).toList());
    table.rows().forEach(row -> rows.add(row.stream().map(RepairText::text).toList()));
    int columns = table.columns().size();
    line("");
    if (!table.explanation().isEmpty()) {
      line("%s", table.explanation());
    }
    for (int i = 0; i < rows.size(); i++) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int c = column;
        int width = rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0);
        boolean number = table.rows().get(0).get(column) instanceof Value.Quantity;
        String cell = rows.get(i).get(column);
        String pad = " ".repeat(width - cell.length());
        text.append(number ? pad + cell : cell + pad).append("  ");
      }
      boolean chosen = i > 0 && table.chosen().isPresent() && table.chosen().getAsInt() == i - 1;
      line("%s %s", chosen ? "*" : " ", text.toString().stripTrailing());
    }
  }

  /** A line for each group of facts; their meanings and tables are for the report page. */
  private void printFacts(List<Detail> details) {
    for (Detail detail : details) {
      if (detail instanceof FactGroup group) {
        String facts =
            group.details().stream()
                .filter(Fact.class::isInstance)
                .map(Fact.class::cast)
                .filter(fact -> !(fact.value() instanceof Value.Texts))
                .map(fact -> fact.title() + ": " + text(fact.value()))
                .collect(Collectors.joining("; "));
        if (!facts.isEmpty()) {
          line("%s: %s.", group.title(), facts);
        }
        printFacts(group.details());
      }
    }
  }

  private static String text(Fact fact) {
    String value = text(fact.value());
    return fact.meaning().isEmpty() ? value : value + " (" + fact.meaning() + ")";
  }

  private static String text(Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value instanceof Value.Texts texts) {
      return String.join(" ", texts.sentences());
    }
    Value.Quantity quantity = (Value.Quantity) value;
    double number = quantity.number();
    if (Double.isNaN(number)) {
      return "-";
    }
    return switch (quantity.unit()) {
      case PERCENT -> String.format(Locale.ROOT, "%.1f %%", 100 * number);
      case POINTS -> String.format(Locale.ROOT, "%.1f", 100 * number);
      case FINE_POINTS -> String.format(Locale.ROOT, "%.2f", 100 * number);
      case COUNT -> String.format(Locale.ROOT, "%,.0f", number);
      case NATS, PLAIN -> String.format(Locale.ROOT, "%.3g", number);
    };
  }

  private static String capitalized(String text) {
    return Optional.of(text)
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .orElse("");
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
