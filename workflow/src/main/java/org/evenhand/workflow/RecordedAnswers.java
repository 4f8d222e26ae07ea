package org.evenhand.workflow;

import java.util.List;
import java.util.Optional;
import org.evenhand.data.ScoreReading;

/**
 * Answers that a table records in a column.
 *
 * @param column its name
 * @param scores how it is read where it holds scores; empty where it holds decided classes
 * @param classes that are decided between; if empty, those that occur, or 0 and 1 where only scores
 *     are known
 */
public record RecordedAnswers(String column, Optional<ScoreReading> scores, List<String> classes) {
  /** Copies the list. */
  public RecordedAnswers {
    classes = List.copyOf(classes);
  }

  /**
   * Probabilities of the second of two classes.
   *
   * @param column its name
   * @param classes in their order
   */
  public static RecordedAnswers probabilities(String column, List<String> classes) {
    return new RecordedAnswers(column, Optional.of(ScoreReading.PROBABILITIES), classes);
  }

  /**
   * Decided classes.
   *
   * @param column its name
   */
  public static RecordedAnswers decisions(String column) {
    return new RecordedAnswers(column, Optional.empty(), List.of());
  }
}
