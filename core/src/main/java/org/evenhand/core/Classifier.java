package org.evenhand.core;

import java.util.function.Function;

/**
 * A deployed model as a black box: rows in, answers out.
 *
 * <p>Asking is deterministic, changes nothing, and the answer to a row does not depend on the rows
 * beside it. Several threads may ask at once and get what one would; whoever opened the model
 * closes it when all of them are done. The functions behind {@link #ofFunction}, {@link #ofLogits}
 * and {@link #ofSigmoids} must keep to the same.
 *
 * <pre>{@code
 * Classifier model = Classifier.ofLogits(Classes.of("no", "yes"), table -> margins(table));
 * Answers answers = model.answer(people);
 * }</pre>
 *
 * <p>Such a function returns rows × K scores, row-major. With two classes it may also return one
 * score per row, that of the second class, as boosted trees and networks with one output give it. A
 * score that is not a number, or that is out of its range, is refused with its row and class.
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
   * A Java function that gives probabilities, as a classifier.
   *
   * @param classes the K classes
   * @param probabilities from a table to probabilities in [0,1], rows × K with each row summing to
   *     one, or one per row
   */
  static Classifier ofFunction(Classes classes, Function<Table, double[]> probabilities) {
    return new FunctionClassifier(classes, ScoreScale.PROBABILITIES, probabilities);
  }

  /**
   * A Java function that gives logits, such as the margins of a linear model or of boosted trees,
   * as a classifier.
   *
   * <pre>{@code
   * Classifier model =
   *     Classifier.ofLogits(
   *         Classes.of("no", "yes"),
   *         table -> {
   *           double[] income = ((NumericColumn) table.column("income")).values();
   *           return Arrays.stream(income).map(each -> each / 40_000 - 1).toArray();
   *         });
   * }</pre>
   *
   * @param classes the K classes
   * @param logits from a table to finite logits: rows × K, of which only differences within a row
   *     matter, or one per row, the log-odds of the second class
   */
  static Classifier ofLogits(Classes classes, Function<Table, double[]> logits) {
    return new FunctionClassifier(classes, ScoreScale.LOGITS, logits);
  }

  /**
   * A Java function that gives independent sigmoids, one per class, as a classifier. Each row
   * becomes the distribution in proportion to them.
   *
   * <pre>{@code
   * Classifier model =
   *     Classifier.ofSigmoids(Classes.of("cat", "dog", "bird"), table -> network.outputs(table));
   * }</pre>
   *
   * @param classes the K classes
   * @param sigmoids from a table to numbers in [0,1]: rows × K, or one per row
   */
  static Classifier ofSigmoids(Classes classes, Function<Table, double[]> sigmoids) {
    return new FunctionClassifier(classes, ScoreScale.SIGMOIDS, sigmoids);
  }
}
