package org.evenhand.eraser;

import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;

/**
 * What a patch is trained on.
 *
 * @param purpose of the patch, by which its trainer's settings are remembered
 * @param inputs what it reads
 * @param labels rows × outputs, row-major, each row a distribution
 * @param outputs the number of outputs
 * @param weights one per row
 */
record Lesson(String purpose, Table inputs, double[] labels, int outputs, double[] weights) {
  PatchTrainer settle(PatchTrainer trainer, long seed) {
    return trainer.settled(inputs, labels, outputs, weights, seed);
  }

  Patch learn(PatchTrainer trainer, long seed) {
    return trainer.train(inputs, labels, outputs, weights, seed);
  }
}
