package org.evenhand.experiments;

import org.evenhand.core.Answers;
import org.evenhand.core.Classifier;
import org.evenhand.core.LabelledSet;

/**
 * Rows with a deployed model's answers to them.
 *
 * @param set the rows, with one attribute
 * @param answers the model's answers
 */
record Answered(LabelledSet set, Answers.Soft answers) {
  /** Asks a model about all rows. */
  static Answered by(Classifier model, LabelledSet rows) {
    return new Answered(rows, (Answers.Soft) model.answer(rows.inputs()));
  }
}
