package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.evidence.UnlearningRecord.Candidate;
import org.evenhand.evidence.UnlearningRecord.Edit;
import org.evenhand.evidence.UnlearningRecord.Rows;

/** Which numbers of the model were edited, from what, and what vouches for it. */
final class UnlearningSection {
  private UnlearningSection() {}

  static Html of(UnlearningRecord unlearning) {
    return Html.of(
        """
        <section id="repair">
        <h2>{}</h2>
        {}
        {}
        {}
        {}
        {}
        {}
        </section>""",
        unlearning.stands() ? "What changed in the model" : "What was tried",
        facts(unlearning),
        unlearning.stands() ? Html.NONE : tried(unlearning),
        biasChanges(unlearning),
        FlipsTable.of(unlearning),
        candidates(unlearning.choice()),
        certificate(unlearning.edit()));
  }

  private static Html facts(UnlearningRecord unlearning) {
    Edit edit = unlearning.edit();
    Rows rows = unlearning.rows();
    return Html.of(
        """
        <dl class="facts">
        <dt>Update rule</dt><dd><b>{}</b> ({})</dd>
        <dt>Settings</dt><dd>{}</dd>
        <dt>Layer</dt><dd>{}</dd>
        <dt>Tensors</dt><dd>{}</dd>
        <dt>Parameters</dt><dd>{} numbers may change; every other byte of the model file stays as it is</dd>
        <dt>Size of the change</dt><dd>{} in norm, {}\u00a0% of the norm of the deployed weights</dd>
        <dt>Hessian from</dt><dd>{} rows of the {} split</dd>
        <dt>Unlearned from</dt><dd>{} counterfactual pairs</dd>
        <dt>Accuracy checked on</dt><dd>{}</dd>
        <dt>Measured on</dt><dd>{} rows of the {} split</dd>
        </dl>""",
        unlearning.choice().title(),
        unlearning.choice().update(),
        unlearning.choice().settings(),
        edit.layer(),
        String.join(", ", edit.tensors()),
        Numbers.count(edit.parameters()),
        Numbers.significant(edit.change()),
        Numbers.significant(100 * edit.relativeChange()),
        Numbers.count(rows.hessianRows()),
        rows.hessianFrom(),
        Numbers.count(rows.pairs()),
        rows.checkRows() == 0
            ? "the members of the pairs"
            : Numbers.count(rows.checkRows()) + " further rows",
        Numbers.count(unlearning.before().rows()),
        unlearning.measuredOn());
  }

  private static Html tried(UnlearningRecord unlearning) {
    return SideBySide.of(
        "What the edit would have done",
        "Measured all the same, on rows that it was not fitted to.",
        List.of(
            new SideBySide.Series("deployed model", false, unlearning.before()),
            new SideBySide.Series("edited model", true, unlearning.after())));
  }

  private static Html biasChanges(UnlearningRecord unlearning) {
    List<Html> rows = new ArrayList<>();
    rows.add(
        biasChange(
            "predicted",
            "to first order, on the pairs that it was made from",
            unlearning.edit().predictedBiasChange()));
    unlearning.choice().candidates().stream()
        .filter(Candidate::chosen)
        .forEach(
            chosen ->
                rows.add(
                    biasChange(
                        "cross-validated",
                        "on pairs that the edit was not fitted to",
                        chosen.bias() - unlearning.choice().biasBefore())));
    for (AttributeAudit before : unlearning.before().attributes()) {
      Optional<CounterfactualBias> was = before.counterfactualBias();
      Optional<CounterfactualBias> is =
          unlearning.after().attributes().stream()
              .filter(after -> after.attribute().equals(before.attribute()))
              .findFirst()
              .flatMap(AttributeAudit::counterfactualBias);
      if (was.isPresent() && is.isPresent()) {
        rows.add(
            biasChange(
                "measured",
                "by %s, on the %s rows".formatted(before.attribute(), unlearning.measuredOn()),
                is.get().bias().value() - was.get().bias().value()));
      }
    }
    return Html.of(
        """
        <h3>Change of the counterfactual bias: predicted and measured</h3>
        <p>The prediction follows the slope of the bias at the deployed head. A bias cannot fall below 0, \
        so a long step is predicted to do more than it can. Worry if the signs differ.</p>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col" class="text">Where</th>\
        <th scope="col">Change, points</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        rows);
  }

  private static Html biasChange(String kind, String where, double change) {
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td class=\"text\">{}</td><td>{}</td></tr>",
        kind,
        where,
        Unit.FINE_POINTS.signed(change));
  }

  private static Html candidates(UnlearningRecord.Choice choice) {
    List<CandidatesTable.Row> rows = new ArrayList<>();
    rows.add(row("deployed head", "", false, choice.biasBefore(), choice.accuracyBefore(), ""));
    for (Candidate candidate : choice.candidates()) {
      rows.add(
          row(
              candidate.title(),
              candidate.update(),
              candidate.chosen(),
              candidate.bias(),
              candidate.accuracy(),
              candidate.settings()));
    }
    return CandidatesTable.of(
        "Update rules compared",
        "By cross-validation: each rule with its best settings, its bias on pairs that it was not fitted to.",
        List.of("Update rule", "Counterfactual bias", "Accuracy", "Settings"),
        rows);
  }

  private static CandidatesTable.Row row(
      String title, String code, boolean chosen, double bias, double accuracy, String settings) {
    return new CandidatesTable.Row(
        title,
        code,
        chosen,
        List.of(Unit.FINE_POINTS.show(bias), Unit.PERCENT.show(accuracy)),
        settings);
  }

  private static Html certificate(Edit edit) {
    return Html.of(
        """
        <h3>Numerical certificate</h3>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">Value</th>\
        <th scope="col" class="text">What it means, and when to worry</th></tr></thead>
        <tbody>
        {}
        {}
        {}
        {}
        </tbody></table></div>""",
        check(
            "Ridge",
            edit.ridge(),
            "Added to the Hessian's diagonal, in mean squares of a feature, so that weights about which"
                + " the rows say nothing stay where they are. Worry near 1: then it steers the edit,"
                + " not the data."),
        check(
            "Condition number",
            edit.conditionNumber(),
            "How far the damped Hessian can magnify rounding errors: of the 16 digits that a number is"
                + " computed with, about as many are lost as this one has. Worry above 10¹²."),
        check(
            "Gradient residual",
            edit.gradientResidual(),
            "How much of the gradient of the edit's own objective is left: 0 if it was solved exactly,"
                + " 1 if nothing was gained. Rules that take one step or stop early leave some on"
                + " purpose. Worry above 1: the step overshot."),
        check(
            "Training gradient",
            edit.trainingGradient(),
            "Slope of the training loss at the deployed head, a row: 0 where training ended at an"
                + " optimum on these rows. Worry if it is not small against 1: then the Hessian is not"
                + " that of the loss the model was trained with."));
  }

  private static Html check(String name, double value, String meaning) {
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"text\">{}</td></tr>",
        name,
        Numbers.significant(value),
        meaning);
  }
}
