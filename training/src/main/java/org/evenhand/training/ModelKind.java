package org.evenhand.training;

import java.util.Locale;

/**
 * How a deployed model is trained: the four kinds that Rule Eraser is measured on, which have
 * {@linkplain #of names}, and three methods that train anew without reading an attribute, which
 * Fast Model Debias is compared with.
 */
public sealed interface ModelKind {
  /** What users call it. */
  String name();

  /** By the cross-entropy of the target alone. */
  record Vanilla() implements ModelKind {
    @Override
    public String name() {
      return "vanilla";
    }
  }

  /**
   * Against an adversary that reads the attribute from the features (Wang et al. 2019): the
   * gradient of its cross-entropy goes back reversed.
   *
   * @param lambda how much of that gradient, positive
   * @param hidden units of each of the adversary's three hidden layers, at least 1
   */
  record Adversarial(double lambda, int hidden) implements ModelKind {
    /**
     * @throws TrainingException if a number is out of its range
     */
    public Adversarial {
      require(lambda > 0 && lambda < Double.POSITIVE_INFINITY, "lambda", lambda, "positive");
      require(hidden >= 1, "number of hidden units", hidden, "at least 1");
    }

    @Override
    public String name() {
      return "adversarial";
    }
  }

  /**
   * By fair supervised contrast with group normalisation (FSCL+, Park et al. 2022), then a dense
   * layer on the features as they are.
   *
   * @param temperature of the similarities, positive
   * @param projected numbers that features are projected to for the contrast, at least 1
   */
  record Contrastive(double temperature, int projected) implements ModelKind {
    /**
     * @throws TrainingException if a number is out of its range
     */
    public Contrastive {
      require(
          temperature > 0 && temperature < Double.POSITIVE_INFINITY,
          "temperature",
          temperature,
          "positive");
      require(projected >= 1, "size of the projection", projected, "at least 1");
    }

    @Override
    public String name() {
      return "contrastive";
    }
  }

  /**
   * With a second head that reads the attribute from the same features.
   *
   * @param weight of that head's cross-entropy beside the target's, positive
   */
  record Unfair(double weight) implements ModelKind {
    /**
     * @throws TrainingException if the weight is not positive
     */
    public Unfair {
      require(weight > 0 && weight < Double.POSITIVE_INFINITY, "weight", weight, "positive");
    }

    @Override
    public String name() {
      return "unfair";
    }
  }

  /**
   * By learning from failure (LfF, Nam et al. 2020): a second network learns what is easy, and rows
   * that it gets wrong count more.
   *
   * @param power q of the second network's generalised cross-entropy, above 0, at most 1; 0.7 in
   *     the paper
   * @param kept share of a running mean of losses that stays at every new loss, in [0, 1); 0.7 in
   *     the paper's code
   */
  record FromFailure(double power, double kept) implements ModelKind {
    /**
     * @throws TrainingException if a number is out of its range
     */
    public FromFailure {
      requireEasy(power, kept);
    }

    @Override
    public String name() {
      return "lff";
    }
  }

  /**
   * By disentangled features that are swapped between images (LDD, Lee et al. 2021), after learning
   * from failure for a while.
   *
   * @param power as {@link FromFailure} has it
   * @param kept as {@link FromFailure} has it
   * @param swapAfter batches before features are swapped, not negative; a fifth of all in the paper
   */
  record Disentangled(double power, double kept, int swapAfter) implements ModelKind {
    /**
     * @throws TrainingException if a number is out of its range
     */
    public Disentangled {
      requireEasy(power, kept);
      require(swapAfter >= 0, "number of batches before swaps", swapAfter, "at least 0");
    }

    @Override
    public String name() {
      return "ldd";
    }
  }

  /**
   * By independence from a network that sees colours and no shapes (ReBias, Bahng et al. 2020).
   *
   * @param weight of the dependence beside the cross-entropy, positive; 1 in the paper
   * @param width channels of the colour network's first convolution, at least 1; 16 in the paper
   */
  record Independent(double weight, int width) implements ModelKind {
    /**
     * @throws TrainingException if a number is out of its range
     */
    public Independent {
      require(weight > 0 && weight < Double.POSITIVE_INFINITY, "weight", weight, "positive");
      require(width >= 1, "width of the colour network", width, "at least 1");
    }

    @Override
    public String name() {
      return "rebias";
    }
  }

  /**
   * The kind of that name with its usual numbers: lambda 2 and 300 hidden units, temperature 0.1
   * and 128 numbers, weight 1.
   *
   * @param name {@code vanilla}, {@code adversarial}, {@code contrastive} or {@code unfair}
   * @throws TrainingException if there is none of that name
   */
  static ModelKind of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "vanilla" -> new Vanilla();
      case "adversarial" -> new Adversarial(2, 300);
      case "contrastive" -> new Contrastive(0.1, 128);
      case "unfair" -> new Unfair(1);
      default ->
          throw new TrainingException(
              "There is no kind of model '%s'; the kinds are vanilla, adversarial, contrastive and unfair."
                  .formatted(name));
    };
  }

  private static void requireEasy(double power, double kept) {
    require(power > 0 && power <= 1, "power", power, "above 0 and at most 1");
    require(kept >= 0 && kept < 1, "share kept", kept, "at least 0 and below 1");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new TrainingException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }
}
