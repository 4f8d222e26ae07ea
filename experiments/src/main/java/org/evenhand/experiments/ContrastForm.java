package org.evenhand.experiments;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.BiasRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.LogSpace;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Removal;

/**
 * One way to form the soft labels that the paper's patch learns. A row's label averages what the
 * model answers about the row itself and about rows of the same value and every other class.
 *
 * @param many whether a class is stood for by all its rows, equation (18), or by one of them drawn
 *     at random, equation (14)
 * @param normalised whether all rows of a group share their mean label, equation (20)
 * @param geometric whether log-probabilities are averaged, as both equations have it, or
 *     probabilities
 */
record ContrastForm(boolean many, boolean normalised, boolean geometric) {
  /** What it is called in a table. */
  String title() {
    return String.join(
        ", ",
        many ? "many contrasts" : "one contrast",
        normalised ? "normalised" : "not normalised",
        geometric ? "log-probabilities" : "probabilities");
  }

  /**
   * The labels of all rows, rows × K, row-major, each a distribution.
   *
   * @param set the calibration rows, every group of which holds one
   * @param answers the deployed model's answers to them
   * @param attribute whose rule is formed
   * @param seed of the rows drawn
   */
  double[] labels(LabelledSet set, Answers.Soft answers, Attribute attribute, long seed) {
    int classes = answers.classes().size();
    int[] groups = groups(set, attribute);
    int[][] members = members(groups, classes * attribute.size());
    double[] said = answers.logProbabilities().clone();
    LogSpace.normalizeRows(said, classes);
    if (!geometric) {
      Arrays.setAll(said, i -> Math.exp(said[i]));
    }
    double[] means = means(said, groups, members.length, classes);
    SplittableRandom random = new SplittableRandom(seed);
    double[] labels = new double[said.length];
    double[] label = new double[classes];
    for (int row = 0; row < set.rows(); row++) {
      int own = set.target().codes()[row];
      System.arraycopy(said, row * classes, label, 0, classes);
      for (int t = 0; t < classes; t++) {
        if (t != own) {
          int group = t * attribute.size() + attribute.codes()[row];
          int one = many ? group : members[group][random.nextInt(members[group].length)];
          double[] from = many ? means : said;
          for (int k = 0; k < classes; k++) {
            label[k] += from[one * classes + k];
          }
        }
      }
      for (int k = 0; k < classes; k++) {
        labels[row * classes + k] = label[k] / classes;
      }
    }
    if (geometric) {
      LogSpace.normalizeRows(labels, classes);
      Arrays.setAll(labels, i -> Math.exp(labels[i]));
    }
    return normalised ? ofGroups(labels, groups, members.length, classes) : labels;
  }

  /**
   * What is subtracted once a patch has learned the labels (equations 19 and 21).
   *
   * @param trainer of the patch
   */
  Removal removal(
      LabelledSet set, Answers.Soft answers, Attribute attribute, PatchTrainer trainer, long seed) {
    int classes = answers.classes().size();
    double[] labels = labels(set, answers, attribute, seed);
    return new Removal(
        new BiasRule.Distilled(trainer.train(set.inputs(), labels, classes, set.weights(), seed)),
        new float[classes],
        1);
  }

  private static int[] groups(LabelledSet set, Attribute attribute) {
    return IntStream.range(0, set.rows())
        .map(row -> set.target().codes()[row] * attribute.size() + attribute.codes()[row])
        .toArray();
  }

  private static int[][] members(int[] groups, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            group ->
                IntStream.range(0, groups.length).filter(row -> groups[row] == group).toArray())
        .toArray(int[][]::new);
  }

  private static double[] means(double[] rows, int[] groups, int size, int classes) {
    double[] means = new double[size * classes];
    int[] sizes = new int[size];
    Arrays.stream(groups).forEach(group -> sizes[group]++);
    for (int i = 0; i < rows.length; i++) {
      int group = groups[i / classes];
      means[group * classes + i % classes] += rows[i] / sizes[group];
    }
    return means;
  }

  private static double[] ofGroups(double[] rows, int[] groups, int size, int classes) {
    double[] means = means(rows, groups, size, classes);
    double[] shared = new double[rows.length];
    Arrays.setAll(shared, i -> means[groups[i / classes] * classes + i % classes]);
    return shared;
  }
}
