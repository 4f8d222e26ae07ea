package org.evenhand.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Head;
import org.evenhand.core.Progress;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.ReplaceHarmful;
import org.evenhand.unlearning.TrainedHead;
import org.evenhand.unlearning.Unlearning;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.unlearning.UnlearningSettings;
import org.evenhand.unlearning.Update;

/**
 * Every update rule of Fast Model Debias on one deployed network, but the one that needs
 * counterparts of training images, which there are none of.
 *
 * @param head as it is deployed
 * @param hessianSeconds what its Hessian took, by the clock
 * @param seed of every draw
 * @param measure of edited heads
 */
record UpdateLines(TrainedHead head, double hessianSeconds, long seed, Measure measure) {
  /** The ridge that {@link #of} forms the Hessian with. */
  private static final double RIDGE = 1e-3;

  /** Measures an edited head on rows that nothing was fitted to. */
  interface Measure {
    UnlearntPart.Line line(String method, Head head, Cost cost);
  }

  /**
   * Forms the Hessian.
   *
   * @param deployed the head
   * @param training features of the training images
   * @param attribute of the training images
   * @param start when the work on these began, in nanoseconds
   */
  static UpdateLines of(
      Head deployed, HeadRows training, int[] attribute, long start, long seed, Measure measure) {
    TrainedHead head = TrainedHead.of(deployed, training).withAttribute(attribute);
    head.solver(RIDGE);
    return new UpdateLines(head, Cost.secondsSince(start), seed, measure);
  }

  /**
   * What every rule proposes.
   *
   * @param pairs what is unlearnt from
   * @param check rows on which accuracy is judged while a setting is chosen; if none, the pairs'
   *     members
   */
  UnlearntPart from(PairRows pairs, Optional<HeadRows> check) {
    List<UnlearntPart.Line> lines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Update update : Update.all()) {
      if (update instanceof ReplaceHarmful) {
        continue;
      }
      long start = System.nanoTime();
      UnlearningProposal proposal =
          Unlearning.propose(
              head,
              pairs,
              check,
              UnlearningSettings.DEFAULT.withUpdates(List.of(update)).withSeed(seed),
              Progress.NONE);
      Cost cost =
          new Cost(
              hessianSeconds + Cost.secondsSince(start),
              head.shape().parameters(),
              2 * pairs.size());
      lines.add(measure.line(update.code(), proposal.head(), cost));
      proposal
          .declined()
          .ifPresent(
              reason ->
                  notes.add(
                      "Seed %d, %s would be declined: %s".formatted(seed, update.code(), reason)));
    }
    return new UnlearntPart(lines, notes);
  }
}
