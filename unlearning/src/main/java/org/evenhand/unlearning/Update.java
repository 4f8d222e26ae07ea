package org.evenhand.unlearning;

import java.util.List;

/**
 * A rule by which a head's parameters are edited. Every rule offers the same settings, in the same
 * order, whatever the pairs, so that they can be compared on pairs that it did not see.
 */
public sealed interface Update
    permits RemoveHarmful,
        ReplaceHarmful,
        ExternalPairs,
        DirectDescent,
        JointDescent,
        PairRefit,
        Consistency {
  /** The name on the command line. */
  String code();

  /** What the rule does, in a few words. */
  String title();

  /**
   * The edited heads, one for each setting of the rule.
   *
   * @param head as it is deployed, with its training loss
   * @param pairs what to unlearn from
   */
  List<Step> steps(TrainedHead head, PairRows pairs);

  /** Every rule, the paper's first. */
  static List<Update> all() {
    return List.of(
        new RemoveHarmful(),
        new ReplaceHarmful(),
        new ExternalPairs(),
        new DirectDescent(),
        new JointDescent(),
        new PairRefit(),
        new Consistency());
  }
}
