package org.evenhand.core;

import java.util.List;

/**
 * A change of a model's answers, computed from them and from the model's own inputs: the removal of
 * a bias rule is one.
 *
 * <p>A correction is written once, in the operations of a {@link Formula}. The library computes it
 * with numbers, an exporter with the nodes of a graph, and both agree because there is no second
 * text of it.
 */
public non-sealed interface Correction extends Change {
  /** K, the number of classes that it corrects. */
  int classes();

  /** The models that the formula asks, in a fixed order; none if it asks none. */
  List<Patch> patches();

  /**
   * Columns that the correction must be given when it serves, even if the deployed model does not
   * read them: a protected attribute, for instance. A written model gets an input for each that it
   * does not have yet. None, unless a correction says otherwise.
   */
  default List<InputColumn> furtherInputs() {
    return List.of();
  }

  /**
   * What is added to the log-probabilities, rows × K, in nats. A constant that is added to all
   * classes of a row changes nothing.
   *
   * @param formula the operations to write it in
   * @param <T> what the operations work on
   */
  <T> T shift(Formula<T> formula);

  /** Whether the shift depends on the deployed model's answers, and not on the inputs alone. */
  default boolean readsAnswers() {
    return shift(new AnswerUse());
  }

  /**
   * The corrected answers: log p(y|x) + shift(x), normalised.
   *
   * @param answers the deployed model's answers to the inputs
   * @param inputs the rows
   * @throws CoreException if the answers are between another number of classes
   */
  default Answers.Soft apply(Answers.Soft answers, Table inputs) {
    if (answers.classes().size() != classes()) {
      throw new CoreException(
          "The correction is of %d classes, but the answers decide between %d."
              .formatted(classes(), answers.classes().size()));
    }
    double[] corrected = answers.logProbabilities().clone();
    Rows shift = shift(new RowFormula(answers.logProbabilities(), classes(), inputs));
    for (int i = 0; i < corrected.length; i++) {
      corrected[i] += shift.at(i / classes(), i % classes());
    }
    LogSpace.normalizeRows(corrected, classes());
    return new Answers.Soft(answers.classes(), corrected);
  }

  @Override
  default DeployedModel applyTo(DeployedModel deployed) {
    return new CorrectedModel(deployed, this);
  }
}
