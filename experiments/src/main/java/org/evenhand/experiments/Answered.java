package org.evenhand.experiments;

import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;

/**
 * Rows with a deployed model's answers to them.
 *
 * @param set the rows, with one attribute
 * @param answers the model's answers
 */
record Answered(LabelledSet set, Answers.Soft answers) {}
