package org.evenhand.experiments;

import java.util.Map;

/**
 * What one deployed model of an image task gave, as it is kept in a file. Shares are in 0…1.
 *
 * @param task of {@link ImageTask}
 * @param kind of deployed model
 * @param seed of the division and of every training
 * @param chosen the default's estimator
 * @param declined whether the default repair is declined
 * @param figures on the test rows, by method
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
    double trainingSeconds,
    double erasingSeconds) {}
