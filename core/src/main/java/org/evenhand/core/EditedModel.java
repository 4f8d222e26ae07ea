package org.evenhand.core;

/** A deployed model with another head. */
final class EditedModel extends ChangedModel implements HeadedClassifier {
  private final HeadedClassifier model;
  private final Head head;

  EditedModel(HeadedClassifier model, Head head) {
    super(model);
    this.model = model;
    this.head = head;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public double[] features(Table inputs) {
    return model.features(inputs);
  }

  @Override
  public Answers.Soft answer(Table inputs) {
    return head.answers(features(inputs));
  }
}
