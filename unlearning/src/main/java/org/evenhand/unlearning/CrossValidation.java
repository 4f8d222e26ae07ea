package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fits every setting of every rule to all parts of the pairs but one, and judges it on that one.
 */
final class CrossValidation {
  private final TrainedHead head;
  private final PairRows pairs;
  private final CheckRows check;
  private final int[] partOf;
  private final int parts;

  CrossValidation(TrainedHead head, PairRows pairs, CheckRows check, UnlearningSettings settings) {
    if (pairs.size() < 2 * settings.folds()) {
      throw new UnlearningException(
          "There are %d pairs, but choosing an update needs at least %d: two for each of %d parts."
              .formatted(pairs.size(), 2 * settings.folds(), settings.folds()));
    }
    this.head = head;
    this.pairs = pairs;
    this.check = check;
    this.parts = settings.folds();
    this.partOf = parts(pairs.factual().targets(), settings.folds(), settings.seed());
  }

  /** Every class is spread over the parts as evenly as whole pairs allow. */
  private static int[] parts(int[] targets, int parts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] order = random.doubles(targets.length).toArray();
    List<Integer> rows = new ArrayList<>(IntStream.range(0, targets.length).boxed().toList());
    rows.sort(
        (a, b) ->
            targets[a] != targets[b]
                ? Integer.compare(targets[a], targets[b])
                : Double.compare(order[a], order[b]));
    int[] partOf = new int[targets.length];
    for (int place = 0; place < partOf.length; place++) {
      partOf[rows.get(place)] = place % parts;
    }
    return partOf;
  }

  /** The head as it is, judged on the same pairs and rows. */
  HeldOut unchanged() {
    HeldOut unchanged = new HeldOut(pairs.size(), check.size());
    note(head.parameters(), IntStream.range(0, pairs.size()).toArray(), unchanged);
    return unchanged;
  }

  /** One judgement for every setting of the rule, in the rule's order. */
  List<HeldOut> judge(Update update) {
    List<HeldOut> judged = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int[] heldOut = pairsOf(part, true);
      List<Step> steps = update.steps(head, pairs.select(pairsOf(part, false)));
      for (int setting = 0; setting < steps.size(); setting++) {
        if (judged.size() <= setting) {
          judged.add(new HeldOut(pairs.size(), check.size()));
        }
        note(steps.get(setting).parameters(), heldOut, judged.get(setting));
      }
    }
    return judged;
  }

  private int[] pairsOf(int part, boolean inside) {
    return IntStream.range(0, pairs.size())
        .filter(pair -> (partOf[pair] == part) == inside)
        .toArray();
  }

  private void note(double[] parameters, int[] heldOut, HeldOut into) {
    double[] differences =
        new CounterfactualBiasFunction(pairs.select(heldOut)).differences(head.shape(), parameters);
    for (int i = 0; i < heldOut.length; i++) {
      into.difference(heldOut[i], differences[i]);
    }
    check.judge(parameters, heldOut, pairs.size(), into);
  }
}
