package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.EditedHead;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Fast Model Debias as a method of repair: the model's last layer is edited so that its answers to
 * the two members of counterfactual pairs agree.
 *
 * <pre>{@code
 * Repair edit = new HeadEdit(UnlearningSettings.DEFAULT);
 * Proposal proposal = edit.propose(task.withHead(inside));
 * }</pre>
 */
public final class HeadEdit implements Repair {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "unlearn",
          "Fast Model Debias",
          "Fast Model Debias (arXiv 2310.12560); docs/updates.md",
          Method.Stage.HEAD,
          Set.of(Method.Need.WEIGHTS, Method.Need.PAIRS));

  static final String VALIDATE =
      "The edit changes weights of the model itself: before the edited model decides anything, validate it as you would a"
          + " new one, the calibration of its probabilities included.";

  static final String PROXIES =
      "Counterfactual bias is about flipping one attribute and the columns linked to it. What other columns tell of the"
          + " attribute is not flipped, so bias through such proxies is neither measured by it nor removed by this"
          + " edit.";

  /** The name of the rows that a model was trained on. */
  private static final String TRAINING_ROWS = "train";

  private final UnlearningSettings settings;

  /**
   * The method with its settings.
   *
   * @param settings rules, loss allowed and folds; seed and decision rule are the task's
   */
  public HeadEdit(UnlearningSettings settings) {
    this.settings = settings;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    HeadTask inside = task.head();
    PairRows pairs = pairs(inside);
    UnlearningProposal found =
        Unlearning.propose(
            head(inside),
            pairs,
            inside.check().map(rows -> HeadRows.of(inside.model(), rows)),
            new UnlearningSettings(
                settings.updates(),
                settings.maxAccuracyLoss(),
                settings.folds(),
                task.seed(),
                task.decisionRule()),
            task.progress());
    return new Proposal(
        METHOD,
        task.attributes(),
        new Proposal.Variant(
            "update rule", found.update().code(), found.update().title(), "edited"),
        List.of(Fact.text("settings", "Settings", found.settings())),
        why(found),
        Optional.of(candidates(found)),
        new EditedHead(found.head()),
        List.of(),
        details(found, inside, pairs.weight()),
        List.of(),
        cautions(inside),
        found.declined());
  }

  private static PairRows pairs(HeadTask inside) {
    return inside.pairs().stream()
        .map(pairs -> PairRows.of(inside.model(), pairs))
        .reduce(PairRows::and)
        .orElseThrow(
            () -> new UnlearningException("There are no counterfactual pairs to unlearn from."));
  }

  /** With one attribute, rules may also learn from its values in the training rows. */
  private static TrainedHead head(HeadTask inside) {
    if (inside.counterparts().isPresent()) {
      PairRows pairs = PairRows.of(inside.model(), inside.counterparts().get());
      return TrainedHead.of(inside.model().head(), pairs.factual())
          .withCounterfactuals(pairs.counterfactual())
          .withAttribute(pairs.from());
    }
    TrainedHead head =
        TrainedHead.of(inside.model().head(), HeadRows.of(inside.model(), inside.training()));
    return inside.pairs().size() == 1
        ? head.withAttribute(values(inside.training(), inside.pairs().get(0)))
        : head;
  }

  /** The attribute of every training row, numbered as in the pairs; −1 where it is not known. */
  private static int[] values(LabelledSet training, CounterfactualPairs pairs) {
    Attribute trained = training.attribute(pairs.attribute());
    List<String> values = pairs.factualAttribute().values();
    return Arrays.stream(trained.codes())
        .map(code -> code < 0 ? code : values.indexOf(trained.values().get(code)))
        .toArray();
  }

  private String why(UnlearningProposal found) {
    int rules = found.candidates().size();
    return rules == 1
        ? "The rule '%s' was asked for; its settings have the lowest bias on pairs that they were not fitted to, among those that cost no more accuracy than allowed."
            .formatted(found.update().code())
        : "Of %d rules '%s' has the lowest bias on pairs that it was not fitted to, among those that cost no more accuracy than allowed."
            .formatted(rules, found.update().code());
  }

  private static FactTable candidates(UnlearningProposal found) {
    List<UnlearningProposal.Candidate> candidates = found.candidates();
    return new FactTable(
        "candidates",
        "Update rules compared",
        "By cross-validation: each rule with its best settings, on pairs and rows that it was not fitted to; the first row"
            + " is the deployed model.",
        List.of(
            new FactTable.Column("method", "Update rule"),
            new FactTable.Column("name", "Name"),
            new FactTable.Column("bias", "Counterfactual bias"),
            new FactTable.Column("accuracy", "Accuracy"),
            new FactTable.Column("settings", "Settings")),
        Stream.concat(
                Stream.of(row("deployed", "the head as it is", found.before(), "")),
                candidates.stream()
                    .map(
                        candidate ->
                            row(
                                candidate.update().code(),
                                candidate.update().title(),
                                candidate.judged(),
                                candidate.settings())))
            .toList(),
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.get(i).chosen())
            .map(i -> i + 1)
            .findFirst());
  }

  private static List<Value> row(
      String code, String title, UnlearningProposal.Judged judged, String settings) {
    return List.of(
        new Value.Text(code),
        new Value.Text(title),
        new Value.Quantity(judged.bias(), Unit.FINE_POINTS),
        new Value.Quantity(judged.accuracy(), Unit.PERCENT),
        new Value.Text(settings));
  }

  private static List<Detail> details(UnlearningProposal found, HeadTask inside, double pairs) {
    return List.of(rows(inside, pairs), edit(found, inside));
  }

  private static FactGroup rows(HeadTask inside, double pairs) {
    return new FactGroup(
        "rows",
        "What the edit was made from",
        List.of(
            Fact.text("hessian_from", "Rows of the training loss", inside.trainingName()),
            Fact.number("hessian_rows", "How many", inside.training().weight(), Unit.COUNT),
            Fact.number("pairs", "Counterfactual pairs", pairs, Unit.COUNT),
            Fact.number(
                    "check_rows",
                    "Further rows to check accuracy on",
                    inside.check().map(LabelledSet::weight).orElse(0.0),
                    Unit.COUNT)
                .meaning("With none, accuracy is checked on the members of the pairs.")));
  }

  private static FactGroup edit(UnlearningProposal found, HeadTask inside) {
    UnlearningProposal.Certificate certificate = found.certificate();
    return new FactGroup(
        "edit",
        "What changed, and what vouches for the numerics",
        List.of(
            Fact.text("layer", "Layer", inside.model().describeHead()),
            Fact.texts("tensors", "Tensors", inside.model().headTensorNames()),
            Fact.number(
                    "parameters", "Numbers that may change", certificate.parameters(), Unit.COUNT)
                .meaning("Every other byte of the model file stays as it is."),
            Fact.number("change", "Norm of the change", certificate.change(), Unit.PLAIN),
            Fact.number(
                "relative_change",
                "In norms of the deployed weights",
                certificate.relativeChange(),
                Unit.PLAIN),
            Fact.number(
                    "predicted_bias_change",
                    "Predicted change of the bias",
                    found.predictedChange(),
                    Unit.FINE_POINTS)
                .meaning(
                    "To first order, on the pairs that the edit was made from. A bias cannot fall below 0, so a long step"
                        + " is predicted to do more than it can. Worry if the measured change has the other sign."),
            Fact.number(
                    "cross_validated_bias_change",
                    "Cross-validated change of the bias",
                    found.after().bias() - found.before().bias(),
                    Unit.FINE_POINTS)
                .meaning(
                    "On pairs that the edit was not fitted to. The measured change should be like it."),
            Fact.number("ridge", "Ridge", certificate.relativeRidge(), Unit.PLAIN)
                .meaning(
                    "Added to the Hessian's diagonal, in mean squares of a feature, so that weights about which the rows"
                        + " say nothing stay where they are. Worry near 1: then it steers the edit, not the data."),
            Fact.number(
                    "condition_number",
                    "Condition number",
                    certificate.conditionNumber(),
                    Unit.PLAIN)
                .meaning(
                    "How far the damped Hessian can magnify rounding errors: of the 16 digits that a number is computed"
                        + " with, about as many are lost as this one has. Worry above 10¹²."),
            Fact.number(
                    "gradient_residual",
                    "Gradient residual",
                    certificate.gradientResidual(),
                    Unit.PLAIN)
                .meaning(
                    "How much of the gradient of the edit's own objective is left: 0 if it was solved exactly, 1 if nothing"
                        + " was gained. Rules that take one step or stop early leave some on purpose. Worry above 1: the"
                        + " step overshot."),
            Fact.number(
                    "training_gradient",
                    "Training gradient",
                    certificate.trainingGradient(),
                    Unit.PLAIN)
                .meaning(
                    "Slope of the training loss at the deployed head, per row: 0 where training ended at an optimum on these"
                        + " rows. Worry if it is not small against 1: then the Hessian is not that of the loss the model"
                        + " was trained with.")));
  }

  private static List<String> cautions(HeadTask inside) {
    List<String> cautions = new ArrayList<>();
    cautions.add(PROXIES);
    cautions.add(
        "The edit aims at counterfactual bias alone. Model Bias and the accuracy of single groups may rise or fall with it;"
            + " both are measured before and after.");
    cautions.add(VALIDATE);
    if (!inside.trainingName().equals(TRAINING_ROWS)) {
      cautions.add(
          ("The Hessian comes from %s, not from the rows that the model was trained on. It stands in for the curvature of"
                  + " the training loss only as far as those rows are like the training rows.")
              .formatted(inside.trainingName()));
    }
    return cautions;
  }
}
