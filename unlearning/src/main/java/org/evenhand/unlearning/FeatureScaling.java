package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Head;
import org.evenhand.core.Target;

/**
 * Finds the features of a head that cause most bias, and factors on them ({@link CausalScaling}).
 */
final class FeatureScaling {
  /** Levels at which a feature is held, from its smallest value to its largest. */
  private static final int LEVELS = 16;

  /** Features that get a factor. */
  private static final int SCALED = 3;

  /** The weight of accuracy beside bias. */
  private static final double ACCURACY = 0.3;

  /** A factor is 1 + w with w within ±1: it can silence a feature or double it. */
  private static final double REACH = 1;

  private static final ParticleSwarm SWARM = new ParticleSwarm(20, 0.8, 0.41, 100, 1e-3, 10);

  private final Head head;
  private final HeadShape shape;
  private final double[] deployed;
  private final HeadRows rows;
  private final Target target;
  private final Attribute attribute;
  private final DecisionRule rule;

  /**
   * @param rows the calibration rows
   * @param values of the attribute, one per row
   * @param rule how answers become decisions
   * @throws UnlearningException if no row is of one of the classes and values
   */
  FeatureScaling(Head head, HeadRows rows, int[] values, DecisionRule rule) {
    this.head = head;
    this.shape = HeadShape.of(head);
    this.deployed = shape.parameters(head);
    this.rows = rows;
    this.rule = rule;
    int most = Arrays.stream(values).max().orElse(0) + 1;
    this.target = new Target("class", head.classes(), rows.targets());
    this.attribute =
        new Attribute(
            "value", IntStream.range(0, most).mapToObj(Integer::toString).toList(), values);
    if (Double.isNaN(summary(deployed).modelBias())) {
      throw new UnlearningException(
          "Features are scaled by the Model Bias of the calibration rows, but there are none of some class and value of the attribute; give rows of each, or leave the value out.");
    }
  }

  private GroupSummary summary(double[] parameters) {
    return of(shape.logits(parameters, rows));
  }

  private GroupSummary of(double[] logits) {
    int[] decisions = shape.answers(head.classes(), logits).decisions(rule);
    return GroupSummary.of(target, attribute, decisions, rows.weights());
  }

  /** The mean Model Bias under interventions on each feature. */
  double[] shares() {
    double[] logits = shape.logits(deployed, rows);
    return IntStream.range(0, head.features())
        .mapToDouble(feature -> share(feature, logits))
        .toArray();
  }

  private double share(int feature, double[] logits) {
    double[] values =
        IntStream.range(0, rows.rows()).mapToDouble(row -> at(row, feature)).toArray();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    return IntStream.range(0, LEVELS)
        .mapToDouble(level -> low + (high - low) * level / (LEVELS - 1))
        .map(level -> of(held(feature, level, logits)).modelBias())
        .average()
        .orElseThrow();
  }

  /** The logits if a feature were the same in every row. */
  private double[] held(int feature, double level, double[] logits) {
    double[] held = logits.clone();
    for (int i = 0; i < held.length; i++) {
      double weight = deployed[(i % shape.outputs()) * shape.width() + feature];
      held[i] += weight * (level - at(i / shape.outputs(), feature));
    }
    return held;
  }

  private double at(int row, int feature) {
    return rows.features()[row * shape.width() + feature];
  }

  /** The features that cause most bias, the foremost first. */
  int[] foremost() {
    double[] shares = shares();
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer feature) -> -shares[feature]))
        .limit(SCALED)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The parameters with the columns of some features scaled by 1 + w. */
  double[] scaled(int[] features, double[] w) {
    double[] parameters = deployed.clone();
    for (int i = 0; i < features.length; i++) {
      for (int output = 0; output < shape.outputs(); output++) {
        parameters[output * shape.width() + features[i]] *= 1 + w[i];
      }
    }
    return parameters;
  }

  /** Bias and error of scaled features, which the swarm makes small. */
  double unfitness(int[] features, double[] w) {
    GroupSummary summary = summary(scaled(features, w));
    return (1 - ACCURACY) * summary.modelBias() + ACCURACY * (1 - summary.overall());
  }

  /** The head with factors on the foremost features. */
  Step step(long seed) {
    int[] features = foremost();
    double[] w =
        SWARM
            .minimum(
                at -> unfitness(features, at), new double[features.length], REACH, new Random(seed))
            .at();
    return new Step(
        "factors on the foremost %d features".formatted(features.length),
        scaled(features, w),
        0,
        // The swarm follows no gradient.
        parameters -> new double[parameters.length]);
  }
}
