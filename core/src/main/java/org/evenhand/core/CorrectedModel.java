package org.evenhand.core;

/** A deployed model whose answers are corrected. */
final class CorrectedModel extends ChangedModel {
  private final Correction correction;

  CorrectedModel(DeployedModel deployed, Correction correction) {
    super(deployed);
    this.correction = correction;
  }

  @Override
  public Answers answer(Table inputs) {
    if (deployed().answer(inputs) instanceof Answers.Soft answers) {
      return correction.apply(answers, inputs);
    }
    throw new CoreException(
        "The model answers with labels only; a correction needs its probabilities or logits. "
            + Answers.Hard.WAYS_TO_SCORES);
  }
}
