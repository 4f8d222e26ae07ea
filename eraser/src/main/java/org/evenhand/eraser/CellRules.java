package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * Decision rules over rows with known p(y,b|x): decide the class of the highest Σ_b
 * m_{y,b}·p(y,b|x) / p(y,b). For each multiplier vector m that is the rule of the highest Σ
 * m_{y,b}·Acc_{y,b}, Acc being the share of the cell that is recognised, so that the linear
 * programme over all rules
 *
 * <pre>
 *   max (1 − ω)·Σ (m⁰·Acc) + ω·min Acc   where |Acc_{y,b} − q_y| ≤ ε for some q,
 *   m⁰ = (1 − κ)·p(y,b) + κ/(K·|B|)
 * </pre>
 *
 * is solved by its dual: the least over m of what the best rule for m is worth. Every round solves
 * it for the rules met so far and adds the best rule for its solution (Kelley's method); rules are
 * kept, since another κ, ω or ε can use them too. Where a cell's multiplier would fall below a
 * fiftieth of m⁰ the gap is left: beyond, all scores of a value come near to a tie, and its rows
 * would be decided by chance.
 */
final class CellRules {
  private static final double LEAST = 0.02;
  private static final double TOLERANCE = 1e-6;
  private static final int MOST_ROUNDS = 150;
  private static final double NEAR = 1e-4;
  private static final double[] STEPS = {0.1, 0.03, 0.01};

  /** Of a point of gap beyond the bound, in points of accuracy. */
  static final double PRICE = 2;

  // Hipparchus' own tolerance of 1e-6 is too coarse for shares of rows.
  private static final double EPSILON = 1e-10;
  private static final int ULPS = 10;
  private static final double CUT_OFF = 1e-12;

  private final int classes;
  private final int values;
  private final double[] chances;
  private final double[] weights;
  private final double[] shares;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * What a rule is chosen for.
   *
   * @param balance κ, 0 for overall accuracy, 1 for that of the average group
   * @param worst ω, how much the worst group's accuracy counts beside these
   * @param bound ε, by how much a group may differ from the middle of its class
   */
  record Aim(double balance, double worst, double bound) {}

  /**
   * A rule.
   *
   * @param factors m/p(y,b), K × |B|, of the cells' chances
   * @param accuracies of the cells, K × |B|
   */
  record Rule(double[] factors, double[] accuracies) {}

  /**
   * The best rule for an aim.
   *
   * @param rule deterministic, ties to the first class
   * @param bound what no rule, not even one by chance, can be worth more than
   */
  record Best(Rule rule, double bound) {}

  /**
   * Rows.
   *
   * @param classes K
   * @param values |B|
   * @param chances p(y,b|x), rows × K·|B|, classes first
   * @param weights one per row
   */
  CellRules(int classes, int values, double[] chances, double[] weights) {
    this.classes = classes;
    this.values = values;
    this.chances = chances;
    double total = Arrays.stream(weights).sum();
    this.weights = Arrays.stream(weights).map(weight -> weight / total).toArray();
    this.shares = new double[cells()];
    for (int row = 0; row < weights.length; row++) {
      for (int c = 0; c < cells(); c++) {
        shares[c] += this.weights[row] * chances[row * cells() + c];
      }
    }
    // A cell that no row can be in neither counts nor divides.
    Arrays.setAll(shares, c -> Math.max(shares[c], Double.MIN_NORMAL));
  }

  private int cells() {
    return classes * values;
  }

  /** The class of the highest score, the first of them on a tie. */
  static int decide(double[] factors, double[] chances, int row, int classes, int values) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < classes; y++) {
      double score = score(factors, chances, row, y, classes, values);
      if (score > highest) {
        highest = score;
        best = y;
      }
    }
    return best;
  }

  /** The score of a class for a row. */
  static double score(double[] factors, double[] chances, int row, int y, int classes, int values) {
    double score = 0;
    for (int c = y * values; c < (y + 1) * values; c++) {
      score += factors[c] * chances[row * classes * values + c];
    }
    return score;
  }

  /** How many rows have two classes of the same highest score. */
  int ties(Rule rule) {
    int ties = 0;
    for (int row = 0; row < weights.length; row++) {
      int decided = decide(rule.factors(), chances, row, classes, values);
      double highest = score(rule.factors(), chances, row, decided, classes, values);
      for (int y = decided + 1; y < classes; y++) {
        if (score(rule.factors(), chances, row, y, classes, values) == highest) {
          ties++;
          break;
        }
      }
    }
    return ties;
  }

  private Rule rule(double[] multipliers) {
    double[] factors = new double[cells()];
    Arrays.setAll(factors, c -> multipliers[c] / shares[c]);
    double[] accuracies = new double[cells()];
    for (int row = 0; row < weights.length; row++) {
      int y = decide(factors, chances, row, classes, values);
      for (int c = y * values; c < (y + 1) * values; c++) {
        accuracies[c] += weights[row] * chances[row * cells() + c] / shares[c];
      }
    }
    return new Rule(factors, accuracies);
  }

  private double[] plain(Aim aim) {
    double[] plain = new double[cells()];
    Arrays.setAll(
        plain,
        c -> (1 - aim.worst()) * ((1 - aim.balance()) * shares[c] + aim.balance() / cells()));
    return plain;
  }

  /** The best rule. */
  Best best(Aim aim) {
    double[] plain = plain(aim);
    Rule first = rule(plain);
    rules.add(first);
    double bound = Double.POSITIVE_INFINITY;
    Rule best = first;
    double[] solution = master(aim, plain);
    double[] multipliers = plain;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      multipliers = multipliers(aim, plain, solution);
      Rule next = rule(multipliers);
      double least = solution[0] + cost(aim, solution);
      bound = Math.min(bound, dot(multipliers, next.accuracies()) + cost(aim, solution));
      if (merit(next, aim, plain) > merit(best, aim, plain)) {
        best = next;
      }
      rules.add(next);
      if (bound - least < TOLERANCE) {
        break;
      }
      solution = master(aim, plain);
    }
    forget(multipliers);
    return new Best(polished(best, aim, plain), bound);
  }

  /** Better rules near one: the programme's optimum may mix rules, none of which is as good. */
  private Rule polished(Rule start, Aim aim, double[] plain) {
    Rule best = start;
    for (double step : STEPS) {
      for (int move = 0; move < 2 * cells(); move++) {
        double[] multipliers = new double[cells()];
        for (int c = 0; c < cells(); c++) {
          multipliers[c] = best.factors()[c] * shares[c];
        }
        multipliers[move / 2] *= Math.exp(move % 2 == 0 ? step : -step);
        Rule moved = rule(multipliers);
        best = merit(moved, aim, plain) > merit(best, aim, plain) ? moved : best;
      }
    }
    return best;
  }

  /** Another aim starts from the rules that were nearly best for this one's multipliers. */
  private void forget(double[] multipliers) {
    double highest =
        rules.stream().mapToDouble(rule -> dot(multipliers, rule.accuracies())).max().orElseThrow();
    rules.removeIf(rule -> dot(multipliers, rule.accuracies()) < highest - NEAR);
  }

  private double cost(Aim aim, double[] solution) {
    double moved = 0;
    for (int i = 1; i <= 2 * cells(); i++) {
      moved += solution[i];
    }
    return aim.bound() * moved;
  }

  /** Of a rule without chance: gaps beyond the bound have a price. */
  private double merit(Rule rule, Aim aim, double[] plain) {
    double[] accuracies = rule.accuracies();
    double merit =
        dot(plain, accuracies) + aim.worst() * Arrays.stream(accuracies).min().orElseThrow();
    for (int y = 0; y < classes; y++) {
      double low = 1;
      double high = 0;
      for (int c = y * values; c < (y + 1) * values; c++) {
        low = Math.min(low, accuracies[c]);
        high = Math.max(high, accuracies[c]);
      }
      merit -= PRICE / classes * Math.max(0, high - low - 2 * aim.bound());
    }
    return merit;
  }

  private double[] multipliers(Aim aim, double[] plain, double[] solution) {
    double[] multipliers = plain.clone();
    for (int c = 0; c < cells(); c++) {
      multipliers[c] += solution[1 + c] - solution[1 + cells() + c];
      multipliers[c] += aim.worst() > 0 ? solution[1 + 2 * cells() + c] : 0;
      multipliers[c] = Math.max(multipliers[c], LEAST * plain[c]);
    }
    return multipliers;
  }

  /** t, then what is added to every cell's multiplier, then what is taken, then the worst's. */
  private double[] master(Aim aim, double[] plain) {
    int cells = cells();
    int unknowns = 1 + (aim.worst() > 0 ? 3 : 2) * cells;
    double[] costs = new double[unknowns];
    costs[0] = 1;
    Arrays.fill(costs, 1, 1 + 2 * cells, aim.bound());
    List<LinearConstraint> constraints = new ArrayList<>();
    for (Rule rule : rules) {
      double[] row = new double[unknowns];
      row[0] = 1;
      for (int c = 0; c < cells; c++) {
        row[1 + c] = -rule.accuracies()[c];
        row[1 + cells + c] = rule.accuracies()[c];
        if (aim.worst() > 0) {
          row[1 + 2 * cells + c] = -rule.accuracies()[c];
        }
      }
      constraints.add(new LinearConstraint(row, Relationship.GEQ, dot(plain, rule.accuracies())));
    }
    for (int y = 0; y < classes; y++) {
      double[] row = new double[unknowns];
      Arrays.fill(row, 1 + y * values, 1 + (y + 1) * values, 1);
      Arrays.fill(row, 1 + cells + y * values, 1 + cells + (y + 1) * values, -1);
      constraints.add(new LinearConstraint(row, Relationship.EQ, 0));
    }
    for (int c = 0; c < cells; c++) {
      double[] row = new double[unknowns];
      row[1 + cells + c] = 1;
      constraints.add(new LinearConstraint(row, Relationship.LEQ, (1 - LEAST) * plain[c]));
    }
    if (aim.worst() > 0) {
      double[] row = new double[unknowns];
      Arrays.fill(row, 1 + 2 * cells, unknowns, 1);
      constraints.add(new LinearConstraint(row, Relationship.EQ, aim.worst()));
    }
    return new SimplexSolver(EPSILON, ULPS, CUT_OFF)
        .optimize(
            new LinearObjectiveFunction(costs, 0),
            new LinearConstraintSet(constraints),
            GoalType.MINIMIZE,
            new NonNegativeConstraint(true))
        .getPoint();
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
