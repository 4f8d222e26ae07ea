package org.evenhand.core;

import java.util.List;

/** Reads one column x, which is its one feature, and shows its head: the logit of "yes" is w·x. */
record SmallModel(float weight) implements HeadedClassifier {
  static final Classes CLASSES = Classes.of("no", "yes");

  @Override
  public Head head() {
    return head(weight);
  }

  static Head head(float weight) {
    return new Head(
        CLASSES, new DenseLayer(1, 1, new float[] {weight}, new float[1]), true, Head.Link.SIGMOID);
  }

  @Override
  public double[] features(Table inputs) {
    return ((NumericColumn) inputs.column("x")).values();
  }

  @Override
  public Answers answer(Table inputs) {
    return head().answers(features(inputs));
  }

  @Override
  public Classes classes() {
    return CLASSES;
  }

  @Override
  public List<InputColumn> inputs() {
    return List.of(new InputColumn("x", InputColumn.Kind.NUMBER));
  }

  @Override
  public String describe() {
    return "a small model";
  }

  @Override
  public List<String> warnings(Table table) {
    return List.of("It is small.");
  }

  @Override
  public Provenance.Artefact artefact() {
    return new Provenance.Artefact("model", "small", "00", 1);
  }

  @Override
  public void close() {
    throw new AssertionError("the deployed model is not a changed one's to close");
  }
}
