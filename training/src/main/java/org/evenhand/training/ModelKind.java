package org.evenhand.training;

import java.util.Locale;

/** How a deployed model is trained: the four kinds that Rule Eraser is measured on. */
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

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new TrainingException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }
}
