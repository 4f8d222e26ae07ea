package org.evenhand.training;

/**
 * Where a training stands after an epoch.
 *
 * @param epochs passes made
 * @param steps made
 * @param bestEpoch the epoch of the best loss, counted from 1
 * @param bestLoss on the rows held out
 * @param current the network as it stands
 * @param best the network of the best epoch
 * @param mean Adam's running mean of slopes
 * @param square Adam's running mean of squared slopes
 */
record TrainingState(
    int epochs,
    long steps,
    int bestEpoch,
    double bestLoss,
    Weights.Snapshot current,
    Weights.Snapshot best,
    float[] mean,
    float[] square) {}
