package org.evenhand.core;

import java.util.function.Function;

/**
 * A deployed model as a black box: rows in, answers out.
 *
 * <p>Asking is deterministic, changes nothing, and the answer to a row does not depend on the rows
 * beside it.
 *
 * <pre>{@code
 * Classifier model = Classifier.ofFunction(Classes.of("no", "yes"), table -> myScores(table));
 * Answers answers = model.answer(people);
 * }</pre>
 */
public interface Classifier extends AutoCloseable {
  /** The classes, in the order of the probabilities. */
  Classes classes();

  /**
   * The answers to all rows, in their order.
   *
   * @param inputs the rows; columns that the model does not read are ignored
   */
  Answers answer(Table inputs);

  /** Frees what the model holds; asking afterwards is an error. */
  @Override
  void close();

  /**
   * A plain Java function as a classifier.
   *
   * @param classes the K classes
   * @param probabilities from a table to its probabilities, rows × K, row-major, each row summing
   *     to one
   */
  static Classifier ofFunction(Classes classes, Function<Table, double[]> probabilities) {
    return new FunctionClassifier(classes, probabilities);
  }
}
