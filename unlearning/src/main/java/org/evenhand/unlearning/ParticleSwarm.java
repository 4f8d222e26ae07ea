package org.evenhand.unlearning;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Particle-swarm optimisation (Kennedy and Eberhart 1995, with the inertia of Shi and Eberhart
 * 1998) of a function without a gradient, over a box: every particle is drawn to the best place
 * that it has seen itself, and to the best that any has seen.
 *
 * @param particles how many there are, at least 1
 * @param inertia the share of its velocity that a particle keeps
 * @param pull to either place, times a random number between 0 and 1
 * @param iterations steps of the swarm at most
 * @param tolerance a gain of less, relative to 1 + |best|, counts as none
 * @param patience steps without a gain after which the search ends
 */
record ParticleSwarm(
    int particles, double inertia, double pull, int iterations, double tolerance, int patience) {
  /** A place and the function's value there. */
  record Place(double[] at, double value) {}

  /**
   * The best place found, which is never worse than the start.
   *
   * @param function to be made small; must not change its argument
   * @param start where the first particle begins, within the box; the others begin at random
   * @param reach the box is [−reach, reach] in every dimension
   * @param random draws the other beginnings and every pull
   */
  Place minimum(ToDoubleFunction<double[]> function, double[] start, double reach, Random random) {
    double[][] at = new double[particles][];
    double[][] velocities = new double[particles][start.length];
    Place[] own = new Place[particles];
    Place best = new Place(start, function.applyAsDouble(start));
    for (int i = 0; i < particles; i++) {
      at[i] = i == 0 ? start.clone() : random.doubles(start.length, -reach, reach).toArray();
      own[i] = new Place(at[i].clone(), function.applyAsDouble(at[i]));
      best = better(own[i], best);
    }
    int still = 0;
    for (int step = 0; step < iterations && still < patience; step++) {
      double before = best.value();
      for (int i = 0; i < particles; i++) {
        move(at[i], velocities[i], own[i].at(), best.at(), reach, random);
      }
      // The whole swarm moves by what was known before the step.
      for (int i = 0; i < particles; i++) {
        own[i] = better(new Place(at[i].clone(), function.applyAsDouble(at[i])), own[i]);
        best = better(own[i], best);
      }
      still = before - best.value() < tolerance * (1 + Math.abs(before)) ? still + 1 : 0;
    }
    return best;
  }

  private void move(
      double[] at, double[] velocity, double[] own, double[] best, double reach, Random random) {
    for (int j = 0; j < at.length; j++) {
      velocity[j] =
          inertia * velocity[j]
              + pull * random.nextDouble() * (own[j] - at[j])
              + pull * random.nextDouble() * (best[j] - at[j]);
      at[j] = Math.max(-reach, Math.min(reach, at[j] + velocity[j]));
    }
  }

  /** The first, if it is better. */
  private static Place better(Place one, Place other) {
    return one.value() < other.value() ? one : other;
  }
}
