package org.evenhand.core;

import java.util.Optional;

/** What a classifier says about a batch of rows. */
public sealed interface Answers permits Answers.Soft, Answers.Hard {
  /** The smallest probability that a 32-bit model can tell from zero beside one. */
  double FLOAT_FLOOR = 1e-7;

  /** The classes decided between. */
  Classes classes();

  /** The number of rows. */
  int rows();

  /**
   * The decided class of every row.
   *
   * @param rule how probabilities become decisions; hard answers ignore it
   */
  int[] decisions(DecisionRule rule);

  /**
   * The given rows, in the given order.
   *
   * @param rows indices of rows
   */
  Answers select(int[] rows);

  /**
   * Answers with a probability for every class.
   *
   * @param classes the K classes
   * @param logProbabilities rows × K, row-major, each row the log of a distribution
   * @param labels one index into the classes per row, if the model also names its decisions; they
   *     need not follow from the probabilities
   */
  record Soft(Classes classes, double[] logProbabilities, Optional<int[]> labels)
      implements Answers {
    /**
     * Answers of a model that does not name its decisions.
     *
     * @param classes the K classes
     * @param logProbabilities rows × K, row-major, each row the log of a distribution
     */
    public Soft(Classes classes, double[] logProbabilities) {
      this(classes, logProbabilities, Optional.empty());
    }

    /**
     * The same with the decisions that the model names.
     *
     * @param decided one index into the classes per row
     * @throws CoreException if a label has no class
     */
    public Soft withLabels(int[] decided) {
      Codes.requireInRange("The classifier's label", decided, classes.size());
      return new Soft(classes, logProbabilities, Optional.of(decided));
    }

    /**
     * Answers from probabilities, which are clipped at a floor before the logarithm.
     *
     * @param classes the K classes
     * @param probabilities rows × K, each row summing to one within 0.001
     * @param floor clip here
     * @throws CoreException if a value is not in [0,1] or a row does not sum to one
     */
    public static Soft ofProbabilities(Classes classes, double[] probabilities, double floor) {
      int size = classes.size();
      double[] logs = new double[probabilities.length];
      for (int start = 0; start < probabilities.length; start += size) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          double p = probabilities[start + k];
          ScoreScale.PROBABILITIES.require(p, start / size, classes.names().get(k));
          sum += p;
          logs[start + k] = Math.log(Math.max(p, floor));
        }
        if (Math.abs(sum - 1) > 1e-3) {
          throw new CoreException(
              "The probabilities of row %d sum to %.6g, not to 1; if they are independent sigmoids, declare 'sigmoid'."
                  .formatted(start / size, sum),
              Setting.OUTPUT);
        }
      }
      return new Soft(classes, logs);
    }

    /**
     * Answers from logits; only differences within a row matter.
     *
     * @param classes the K classes
     * @param logits rows × K, finite
     * @throws CoreException if a logit is not finite
     */
    public static Soft ofLogits(Classes classes, double[] logits) {
      requireAll(ScoreScale.LOGITS, classes, logits);
      double[] logs = logits.clone();
      LogSpace.normalizeRows(logs, classes.size());
      return new Soft(classes, logs);
    }

    /**
     * Answers from independent sigmoids: each row becomes the distribution in proportion to them.
     *
     * @param classes the K classes
     * @param sigmoids rows × K, each in [0,1]; clipped at {@link #FLOAT_FLOOR}
     * @throws CoreException if a value is not in [0,1]
     */
    public static Soft ofSigmoids(Classes classes, double[] sigmoids) {
      requireAll(ScoreScale.SIGMOIDS, classes, sigmoids);
      double[] logs = new double[sigmoids.length];
      for (int i = 0; i < logs.length; i++) {
        logs[i] = Math.log(Math.max(sigmoids[i], FLOAT_FLOOR));
      }
      return ofLogits(classes, logs);
    }

    private static void requireAll(ScoreScale scale, Classes classes, double[] scores) {
      for (int i = 0; i < scores.length; i++) {
        scale.require(scores[i], i / classes.size(), classes.names().get(i % classes.size()));
      }
    }

    @Override
    public int rows() {
      return logProbabilities.length / classes.size();
    }

    @Override
    public int[] decisions(DecisionRule rule) {
      return rule == DecisionRule.OF_MODEL && labels.isPresent()
          ? labels.get()
          : rule.decide(logProbabilities, classes.size());
    }

    @Override
    public Soft select(int[] rows) {
      int size = classes.size();
      double[] selected = new double[rows.length * size];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(logProbabilities, rows[i] * size, selected, i * size, size);
      }
      return new Soft(classes, selected, labels.map(all -> Codes.select(all, rows)));
    }
  }

  /**
   * Answers that name a class and nothing more.
   *
   * @param classes the K classes
   * @param labels one index into the classes a row
   */
  record Hard(Classes classes, int[] labels) implements Answers {
    /** One sentence: how common servers are told to answer with probabilities instead. */
    public static final String WAYS_TO_SCORES =
        "A server answers with probabilities where KServe has PREDICT_PROBA=true, MLServer is asked for output predict_proba, or Triton's FIL backend has predict_proba true.";

    /**
     * @throws CoreException if a label has no class
     */
    public Hard {
      Codes.requireInRange("The classifier's label", labels, classes.size());
    }

    @Override
    public int rows() {
      return labels.length;
    }

    @Override
    public int[] decisions(DecisionRule rule) {
      return labels;
    }

    @Override
    public Hard select(int[] rows) {
      return new Hard(classes, Codes.select(labels, rows));
    }
  }
}
