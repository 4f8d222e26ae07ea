package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/** What methods that end in a threshold for each value propose, and what they all say of it. */
final class ThresholdProposal {
  private static final String READS =
      "The decision reads the attribute itself, so that two people who differ in nothing else may be decided differently;"
          + " ask counsel whether that is allowed.";
  private static final String RANDOM =
      "As published the method decides some rows by chance. What is proposed decides none by chance: each value has the"
          + " threshold that selects the same share of its rows, so its gaps are not exactly those that chance would give.";

  private final Method method;
  private final RepairTask task;
  private final ByValue rows;
  private final List<Fact> settings = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();
  private final List<String> cautions = new ArrayList<>();
  private String why = "";

  ThresholdProposal(Method method, RepairTask task, ByValue rows) {
    this.method = method;
    this.task = task;
    this.rows = rows;
    cautions.add(READS);
  }

  ThresholdProposal settings(List<Fact> facts) {
    settings.addAll(facts);
    return this;
  }

  ThresholdProposal why(String sentence) {
    why = sentence;
    return this;
  }

  ThresholdProposal detail(Detail detail) {
    details.add(detail);
    return this;
  }

  /**
   * The method decides by chance: says what is to be expected of that.
   *
   * @param expected figures over all chances
   */
  ThresholdProposal randomised(Figures expected) {
    cautions.add(RANDOM);
    details.add(
        figures(
            "expected_with_chance",
            "Expected on the calibration rows if chance decided",
            expected));
    return this;
  }

  /** The proposal of one point of each value's curve. */
  Proposal propose(int[] points) {
    return propose(points, rows.cuts(points));
  }

  /**
   * The proposal of one cut for each value.
   *
   * @param points of the values' curves that have the rows above the cuts
   * @param cuts log-odds beyond today's threshold above which a row is decided as class 1
   */
  Proposal propose(int[] points, float[] cuts) {
    ValueShift shift = ValueShift.ofCuts(rows.reader(), cuts);
    List<Detail> all = new ArrayList<>();
    all.add(Fact.text("reads_attribute", "Whether the correction reads the attribute", "yes"));
    all.add(thresholds(points, shift.nats()));
    all.add(figures("fitted", "On the calibration rows", Figures.of(rows.curves(), points)));
    all.addAll(details);
    return new Proposal(
        method,
        task.attributes(),
        new Proposal.Variant("rule", method.code(), "one threshold per value", method.code()),
        settings,
        why,
        Optional.empty(),
        shift,
        List.of(),
        all,
        rows.warnings(),
        cautions,
        Optional.empty());
  }

  /**
   * The proposal that selects, of each value's rows, the share that chance would.
   *
   * @param selected expected weight of rows decided as class 1, one per value
   */
  Proposal proposeShares(double[] selected) {
    return propose(rows.nearest(selected));
  }

  private FactTable thresholds(int[] points, float[] nats) {
    List<List<Value>> table = new ArrayList<>();
    Figures before = Figures.today(rows.curves());
    Figures after = Figures.of(rows.curves(), points);
    for (int b = 0; b < points.length; b++) {
      table.add(
          List.of(
              new Value.Text(rows.curves().get(b).value()),
              new Value.Quantity(nats[b], Unit.NATS),
              new Value.Quantity(before.rate(b, 1), Unit.PERCENT),
              new Value.Quantity(after.rate(b, 1), Unit.PERCENT)));
    }
    String positive = task.answers().classes().names().get(1);
    return FactTable.of(
        "thresholds",
        "Threshold of each value",
        List.of(
            new FactTable.Column("attribute", "Value"),
            new FactTable.Column("nats", "Added to the log-odds of '%s', nats".formatted(positive)),
            new FactTable.Column("rate_before", "Decided '%s' today".formatted(positive)),
            new FactTable.Column("rate_after", "Then")),
        table);
  }

  private static FactTable figures(String key, String title, Figures figures) {
    return FactTable.of(
        key,
        title,
        List.of(
            new FactTable.Column("overall_accuracy", "Overall accuracy"),
            new FactTable.Column("average_group_accuracy", "Average of groups"),
            new FactTable.Column("worst_group_accuracy", "Worst group"),
            new FactTable.Column("model_bias", "Model Bias")),
        List.of(
            List.of(
                new Value.Quantity(figures.accuracy(), Unit.PERCENT),
                new Value.Quantity(figures.average(), Unit.PERCENT),
                new Value.Quantity(figures.worst(), Unit.PERCENT),
                new Value.Quantity(figures.modelBias(), Unit.POINTS))));
  }
}
