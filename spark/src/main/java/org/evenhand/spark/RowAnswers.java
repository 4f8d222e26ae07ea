package org.evenhand.spark;

import org.evenhand.core.Classes;

/** Where the answers to the rows of a Dataset are. */
public sealed interface RowAnswers {
  /**
   * A column of decided classes.
   *
   * @param column numbers, text or booleans; matched with the target's classes by name
   */
  record Decisions(String column) implements RowAnswers {}

  /**
   * A column of scores.
   *
   * @param column the probability of the second of two classes, between 0 and 1
   */
  record Scores(String column) implements RowAnswers {}

  /**
   * A column with a probability for every class, as the models of Spark ML write it.
   *
   * @param column K numbers a row, between 0 and 1 and with the sum 1: a vector of Spark ML or an
   *     array
   * @param classes the K classes in the order of the probabilities
   */
  record Probabilities(String column, Classes classes) implements RowAnswers {}

  /**
   * A model that the executors ask.
   *
   * @param model reads columns of the rows
   */
  record OfModel(ExecutorModel model) implements RowAnswers {}
}
