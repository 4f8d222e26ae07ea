package org.evenhand.repair;

/**
 * A method in a comparison, by the form that stands for it.
 *
 * @param method which
 * @param form the one that is best within the limits on calibration rows, or best if none is within
 * @param withinLimits whether its figures are within the limits there
 * @param constant whether it does no more there than a constant answer does: it decides one class
 *     in at least 99 % of the rows, or recognises the average group no better than by chance
 * @param measured what it does to rows that nothing was fitted on
 * @param judgement whether it might be offered, by those rows
 * @param fitSeconds to compare its forms and to fit the one that stands for it
 * @param servingMicroseconds per row, to correct the deployed model's answers, in this library on
 *     one thread; 0 if the model itself is changed
 */
public record Contender(
    Method method,
    String form,
    boolean withinLimits,
    boolean constant,
    Measured measured,
    RepairJudgement judgement,
    double fitSeconds,
    double servingMicroseconds) {}
