package org.evenhand.experiments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;

/**
 * What one deployed model of an image task gave, as it is kept in a file. Shares are in 0…1.
 *
 * @param task of {@link ImageTask}
 * @param kind of deployed model, or its title where models of one kind are compared
 * @param seed of the division and of every training
 * @param chosen the default's estimator
 * @param declined whether the default repair is declined
 * @param figures on the test rows, by method; with several attributes, of the groups by all of them
 * @param ofEach the same by every attribute, of the groups by it alone; empty if there is one only
 * @param trainingSeconds of the deployed model, by the clock
 * @param erasingSeconds of the choice and of all estimators, by the clock
 */
record ErasedPart(
    String task,
    String kind,
    long seed,
    String chosen,
    boolean declined,
    Map<String, ErasureFigures> figures,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, ErasureFigures>> ofEach,
    double trainingSeconds,
    double erasingSeconds)
    implements ReportedPart {
  /** Takes what a file does not have for empty. */
  ErasedPart {
    ofEach = Objects.requireNonNullElse(ofEach, Map.of());
  }

  /** The same under the model's title, since models of one kind may differ in something else. */
  ErasedPart of(Deployed model) {
    return new ErasedPart(
        task,
        model.title(),
        seed,
        chosen,
        declined,
        figures,
        ofEach,
        trainingSeconds,
        erasingSeconds);
  }
}
