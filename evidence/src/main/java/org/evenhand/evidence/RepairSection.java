package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.evidence.RepairRecord.Candidate;
import org.evenhand.evidence.RepairRecord.Flips;
import org.evenhand.evidence.RepairRecord.Outcome;

/** What was done, why, and what it changed. */
final class RepairSection {
  private RepairSection() {}

  static Html of(RepairRecord repair) {
    return Html.of(
        """
        <section id="repair">
        <h2>{}</h2>
        <dl class="facts">
        <dt>Estimator</dt><dd><b>{}</b> ({})</dd>
        <dt>Why</dt><dd>{}</dd>
        <dt>Goal</dt><dd>{}: {}</dd>
        <dt>Strength</dt><dd>{} of the rule is subtracted</dd>
        <dt>Fitted on</dt><dd>{} rows of the {} split</dd>
        <dt>Measured on</dt><dd>{} rows of the {} split</dd>
        </dl>
        {}
        {}
        {}
        {}
        </section>""",
        repair.declined().isPresent() ? "What was tried" : "What was done",
        repair.choice().name(),
        repair.choice().method(),
        repair.choice().reason(),
        repair.goal().label(),
        repair.goal().meaning(),
        Numbers.fixed(100 * repair.strength(), 0) + "%",
        Numbers.count(repair.fittedOn().rows()),
        repair.fittedOn().split(),
        Numbers.count(repair.before().rows()),
        repair.measuredOn(),
        goals(repair),
        flips(repair),
        candidates(repair.choice().candidates()),
        repair.diagnoses().stream().map(DiagnosisTables::of).toList());
  }

  private static Html goals(RepairRecord repair) {
    List<Html> bodies = new ArrayList<>();
    for (AttributeAudit before : repair.before().attributes()) {
      List<Html> rows = new ArrayList<>();
      rows.add(goal("deployed model", false, repair.before(), before));
      for (Outcome outcome : repair.outcomes()) {
        outcome.after().attributes().stream()
            .filter(after -> after.attribute().equals(before.attribute()))
            .forEach(
                after ->
                    rows.add(
                        goal(
                            outcome.goal().label(),
                            outcome.goal() == repair.goal(),
                            outcome.after(),
                            after)));
      }
      bodies.add(
          Html.of(
              """
              <tbody><tr class="group"><th colspan="5" scope="rowgroup">{}</th></tr>
              {}
              </tbody>""",
              before.attribute(),
              rows));
    }
    return Html.when(
        !repair.outcomes().isEmpty(),
        """
        <h3>The goals side by side</h3>
        <p>The goal in bold is the one chosen. Overall accuracy weighs every case alike; the other three \
        weigh every group alike.</p>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">Model Bias</th><th scope="col">Worst group</th>\
        <th scope="col">Average of groups</th><th scope="col">Overall (plain)</th></tr></thead>
        {}
        </table></div>""",
        bodies);
  }

  private static Html goal(
      String name, boolean served, AuditResult audit, AttributeAudit attribute) {
    return Html.of(
        "<tr><th scope=\"row\"{}>{}</th>{}{}{}{}</tr>",
        Html.when(!served, " class=\"plain\""),
        name,
        Cells.estimate(attribute.modelBias().estimate(), Unit.POINTS),
        Cells.estimate(attribute.worstGroupAccuracy(), Unit.PERCENT),
        Cells.estimate(attribute.averageGroupAccuracy(), Unit.PERCENT),
        Cells.estimate(audit.overallAccuracy(), Unit.PERCENT));
  }

  private static Html flips(RepairRecord repair) {
    boolean favourable = !repair.before().favourable().isEmpty();
    List<Html> rows = new ArrayList<>();
    for (Flips flips : repair.flips()) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{} = {}</th><td>{}</td><td>{}<small>{}</small></td>{}</tr>",
              flips.attribute(),
              flips.value(),
              Numbers.count(flips.n()),
              Numbers.count(flips.changed()),
              Unit.PERCENT.show(flips.changed() / flips.n()),
              Html.when(
                  favourable,
                  "<td>{}</td><td>{}</td>",
                  Numbers.count(flips.toFavourable()),
                  Numbers.count(flips.toUnfavourable()))));
    }
    return Html.when(
        !rows.isEmpty(),
        """
        <h3>Decisions that changed</h3>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">n</th><th scope="col">Changed</th>{}</tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        Html.when(
            favourable,
            "<th scope=\"col\">To favourable</th><th scope=\"col\">To unfavourable</th>"),
        rows);
  }

  private static Html candidates(List<Candidate> candidates) {
    List<Html> rows = new ArrayList<>();
    for (Candidate candidate : candidates) {
      rows.add(
          Html.of(
              """
              <tr><th scope="row"{}>{} <small>{}</small></th><td>{}</td><td>{}</td><td>{}</td>\
              <td class="text">{}</td></tr>""",
              Html.when(!candidate.chosen(), " class=\"plain\""),
              candidate.name(),
              candidate.method(),
              Unit.PERCENT.show(candidate.worstGroupAccuracy()),
              Unit.POINTS.show(candidate.modelBias()),
              Unit.PERCENT.show(candidate.averageGroupAccuracy()),
              candidate.note()));
    }
    return Html.when(
        !rows.isEmpty(),
        """
        <h3>Estimators compared</h3>
        <p>By cross-validation: each fitted row corrected by a rule that was not fitted on it. The one in \
        bold was chosen.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Estimator</th><th scope="col">Worst group</th>\
        <th scope="col">Model Bias</th><th scope="col">Average of groups</th>\
        <th scope="col" class="text">Note</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        rows);
  }
}
