package org.evenhand.core;

/** Another model in a deployed one's place. */
final class ReplacedModel extends ChangedModel {
  private final NewModel replacement;

  ReplacedModel(DeployedModel deployed, NewModel replacement) {
    super(deployed);
    this.replacement = replacement;
  }

  @Override
  public Answers answer(Table inputs) {
    return new Answers.Soft(replacement.classes(), replacement.network().logProbabilities(inputs));
  }
}
