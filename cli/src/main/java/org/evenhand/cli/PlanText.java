package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.ExpectedGroups;
import org.evenhand.audit.VerdictPlan;

/** A plan for a person at a terminal. */
final class PlanText {
  private final PrintWriter out;

  PlanText(PrintWriter out) {
    this.out = out;
  }

  void print(List<VerdictPlan> plans) {
    plans.forEach(this::print);
    line("");
    line(
        "Planned for an audit of one attribute: several in one audit share the risk of error, which takes more rows.");
  }

  private void print(VerdictPlan plan) {
    ExpectedGroups groups = plan.groups();
    AuditSettings settings = plan.settings();
    line("");
    line("%s: a plan; nothing was measured", groups.attribute());
    line(
        "  assumed: %s of the decisions about every group are right, and groups are met in the proportions below",
        percent(plan.accuracy()));
    line(
        "  tolerated: Model Bias of %s points and a gap of %s; intervals of %s, groups of at least %d rows",
        points(settings.tolerance()),
        points(settings.gapTolerance()),
        percent(settings.confidence()),
        settings.minGroupSize());
    line(
        "  rows with which %.0f of 100 samples read   %18s %18s",
        100 * VerdictPlan.POWER, plan.proofs().get(0).verdict(), plan.proofs().get(1).verdict());
    for (int group = 0; group < groups.size(); group++) {
      int of = group;
      row(
          plan,
          groups.classOf(group) + ", " + groups.valueOf(group),
          percent(groups.shares().get(group)),
          proof -> proof.rows().map(rows -> rows.get(of)));
    }
    row(plan, "all rows", percent(1), VerdictPlan.Proof::total);
    row(plan, "collected evenly: every group", "", VerdictPlan.Proof::evenly);
    row(plan, "collected evenly: all rows", "", proof -> proof.totalEvenly(groups.size()));
    String rarest = groups.label(groups.rarest());
    line(
        "  %s if decisions about %s are right %s points less often; %s if all groups are decided alike",
        plan.proofs().get(0).verdict(), rarest, points(plan.gap()), plan.proofs().get(1).verdict());
    line(
        "  the bottleneck is %s, %s of the rows: go on until every group has its rows",
        rarest, percent(groups.shares().get(groups.rarest())));
  }

  private void row(
      VerdictPlan plan,
      String what,
      String share,
      Function<VerdictPlan.Proof, Optional<Double>> rows) {
    line(
        "  %-38s %8s %s",
        what,
        share,
        plan.proofs().stream()
            .map(
                proof ->
                    String.format(
                        Locale.ROOT,
                        "%18s",
                        rows.apply(proof)
                            .map(n -> String.format(Locale.ROOT, "%,.0f", n))
                            .orElse("over a million")))
            .collect(Collectors.joining(" ")));
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  private static String points(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
