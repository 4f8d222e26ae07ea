package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;

/**
 * What a method may see that edits a model's head.
 *
 * @param model shows its head and features
 * @param trainingName name of the rows of the training loss; {@code train} if the model was trained
 *     on them, as far as the user says
 * @param training the rows whose loss is curved
 * @param counterparts training rows with what they would be under another attribute value, for
 *     methods that replace harmful rows; where there are some, they are the training rows
 * @param pairs what to unlearn from, for each attribute; none for methods that need no pairs
 * @param check rows on which accuracy is judged while a setting is chosen, none of them among the
 *     pairs; where there are none, the pairs' members are
 */
public record HeadTask(
    HeadedClassifier model,
    String trainingName,
    LabelledSet training,
    Optional<CounterfactualPairs> counterparts,
    List<CounterfactualPairs> pairs,
    Optional<LabelledSet> check) {
  /** Copies the list. */
  public HeadTask {
    pairs = List.copyOf(pairs);
  }

  /**
   * A head to be fitted to labelled rows alone, without pairs.
   *
   * @param model shows its head and features
   * @param rows the calibration rows, with every column that the model reads
   */
  public static HeadTask of(HeadedClassifier model, LabelledSet rows) {
    return new HeadTask(
        model, "the calibration rows", rows, Optional.empty(), List.of(), Optional.empty());
  }
}
