package org.evenhand.core;

import java.util.List;
import java.util.stream.Stream;

/** A deployed model whose answers are corrected. */
final class CorrectedModel extends ChangedModel {
  private final Correction correction;

  CorrectedModel(DeployedModel deployed, Correction correction) {
    super(deployed);
    this.correction = correction;
  }

  @Override
  public List<InputColumn> inputs() {
    List<InputColumn> own = deployed().inputs();
    return Stream.concat(
            own.stream(),
            correction.furtherInputs().stream()
                .filter(
                    further ->
                        own.stream().noneMatch(column -> column.name().equals(further.name()))))
        .toList();
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
