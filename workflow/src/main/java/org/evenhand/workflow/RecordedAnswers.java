package org.evenhand.workflow;

import java.util.List;

/**
 * Answers that a table records in a column.
 *
 * @param column its name
 * @param scores whether it holds probabilities of the second class, else decided classes
 * @param classes in the order that the scores mean; if empty, those that occur
 */
public record RecordedAnswers(String column, boolean scores, List<String> classes) {
  /** Copies the list. */
  public RecordedAnswers {
    classes = List.copyOf(classes);
  }
}
