package org.evenhand.core;

import java.util.function.Function;

/** See {@link Classifier#ofFunction}. */
record FunctionClassifier(Classes classes, Function<Table, double[]> probabilities)
    implements Classifier {
  @Override
  public Answers answer(Table inputs) {
    double[] answered = probabilities.apply(inputs);
    if (answered.length != inputs.rows() * classes.size()) {
      throw new CoreException(
          "The classifier function returned %d probabilities for %d rows of %d classes."
              .formatted(answered.length, inputs.rows(), classes.size()));
    }
    // A fixed floor: one that looked at the batch would let a row's answer depend on the rows
    // beside it.
    return Answers.Soft.ofProbabilities(classes, answered, Answers.FLOAT_FLOOR);
  }

  @Override
  public void close() {}
}
