package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Progress;

/**
 * Fast Model Debias, phase 3: edits a head so that counterfactual bias falls, from a small set of
 * pairs.
 *
 * <p>Every setting of every rule is fitted to parts of the pairs and judged on the others; the
 * chosen one is fitted to all. The proposal says what the choice saw; measure it on rows that were
 * not used here before believing it.
 *
 * <pre>{@code
 * TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, train));
 * UnlearningProposal proposal =
 *     Unlearning.propose(head, PairRows.of(model, pairs), UnlearningSettings.DEFAULT);
 * Head repaired = proposal.head();
 * }</pre>
 */
public final class Unlearning {
  private final TrainedHead head;
  private final PairRows pairs;
  private final UnlearningSettings settings;
  private final CrossValidation validation;
  private final HeldOut unchanged;
  private final Choice choice;

  private Unlearning(
      TrainedHead head, PairRows pairs, CheckRows check, UnlearningSettings settings) {
    this.head = head;
    this.pairs = pairs;
    this.settings = settings;
    this.validation = new CrossValidation(head, pairs, check, settings);
    this.unchanged = validation.unchanged();
    this.choice = new Choice(unchanged, pairs, check.weights(), settings.maxAccuracyLoss());
  }

  /**
   * Proposes an edit; accuracy is measured on the pairs' members.
   *
   * @param head as it is deployed, with its training loss
   * @param pairs what to unlearn from
   * @param settings rules and guard
   * @throws UnlearningException if there are too few pairs, the pairs do not differ for this head,
   *     or the Hessian is singular
   */
  public static UnlearningProposal propose(
      TrainedHead head, PairRows pairs, UnlearningSettings settings) {
    return propose(head, pairs, Optional.empty(), settings, Progress.NONE);
  }

  /**
   * Proposes an edit whose accuracy is measured on rows of their own.
   *
   * @param head as it is deployed, with its training loss
   * @param pairs what to unlearn from
   * @param check rows with their true classes, none of them among the pairs; if there are none, the
   *     pairs' members
   * @param settings rules and guard
   * @param progress hears of every rule
   * @throws UnlearningException if there are too few pairs, the pairs do not differ for this head,
   *     or the Hessian is singular
   */
  public static UnlearningProposal propose(
      TrainedHead head,
      PairRows pairs,
      Optional<HeadRows> check,
      UnlearningSettings settings,
      Progress progress) {
    requireReadAttribute(pairs);
    CheckRows checkRows = new CheckRows(head, pairs, check, settings.decisionRule());
    return new Unlearning(head, pairs, checkRows, settings).propose(progress);
  }

  private static void requireReadAttribute(PairRows pairs) {
    double[] factual = pairs.factual().features();
    double[] counterfactual = pairs.counterfactual().features();
    for (int i = 0; i < factual.length; i++) {
      if (factual[i] != counterfactual[i]) {
        return;
      }
    }
    throw new UnlearningException(
        "No pair differs in any feature of the model's head: the model does not read the attribute, so its"
            + " counterfactual bias is 0 and there is nothing to unlearn; if groups are treated differently all the"
            + " same, it is through other columns: use erase.");
  }

  /**
   * A rule's best setting.
   *
   * @param update the rule
   * @param heldOut what it did to pairs that it was not fitted to
   * @param edit the same setting fitted to all pairs
   */
  private record Best(Update update, HeldOut heldOut, Step edit) {}

  private UnlearningProposal propose(Progress progress) {
    List<Best> candidates = new ArrayList<>();
    for (Update update : settings.updates()) {
      List<HeldOut> judged = validation.judge(update);
      int setting = choice.among(judged);
      candidates.add(new Best(update, judged.get(setting), update.steps(head, pairs).get(setting)));
      progress.step("updates", candidates.size(), settings.updates().size());
    }
    int best = choice.among(candidates.stream().map(Best::heldOut).toList());
    Best chosen = candidates.get(best);
    return new UnlearningProposal(
        head.shape().head(head.head(), chosen.edit().parameters()),
        chosen.update(),
        chosen.edit().settings(),
        IntStream.range(0, candidates.size())
            .mapToObj(i -> candidate(candidates.get(i), i == best))
            .toList(),
        judged(unchanged),
        predictedChange(chosen.edit()),
        certificate(chosen.edit()),
        declined(chosen.heldOut()));
  }

  private UnlearningProposal.Candidate candidate(Best best, boolean chosen) {
    return new UnlearningProposal.Candidate(
        best.update(), best.edit().settings(), judged(best.heldOut()), chosen);
  }

  private double predictedChange(Step edit) {
    BiasFunction bias = new CounterfactualBiasFunction(pairs);
    double[] before = head.parameters();
    return Vectors.dot(
        bias.gradient(head.shape(), before), Vectors.plus(edit.parameters(), -1, before));
  }

  private UnlearningProposal.Certificate certificate(Step edit) {
    double[] before = head.parameters();
    double change = Vectors.norm(Vectors.plus(edit.parameters(), -1, before));
    return new UnlearningProposal.Certificate(
        edit.ridge(),
        head.solver(edit.ridge()).conditionNumber(),
        edit.residual(before),
        head.gradientNorm(),
        head.shape().parameters(),
        change,
        change / Vectors.norm(before));
  }

  private UnlearningProposal.Judged judged(HeldOut setting) {
    return new UnlearningProposal.Judged(choice.bias(setting), choice.accuracy(setting));
  }

  private Optional<String> declined(HeldOut chosen) {
    if (!choice.costsNoMoreThanAllowed(chosen)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "every edit costs more accuracy than the %.1f points allowed; the cheapest costs %.1f.",
              100 * settings.maxAccuracyLoss(),
              100 * (choice.accuracy(unchanged) - choice.accuracy(chosen))));
    }
    if (choice.isFlat(chosen)) {
      return Optional.of(
          "every edit makes the probabilities worse by more than a twentieth of their cross-entropy.");
    }
    if (choice.reverses(chosen)) {
      return Optional.of("every edit reverses the bias on pairs that it was not fitted to.");
    }
    if (!choice.lowersBias(chosen)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "on pairs that it was not fitted to, no admissible edit lowers the bias of %.4f by more than chance"
                  + " explains.",
              choice.bias(unchanged)));
    }
    return Optional.empty();
  }
}
