package org.evenhand.datasets;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Split;

/**
 * A simulated population of borrowers with a known bias in its records.
 *
 * <p>What a borrower is like depends on whether the loan is repaid, in the same way for women and
 * men; where they live depends on their gender only: p(x|y,b) is that of the world, p(y|b) that of
 * the records (Rule Eraser, equations 1 and 2).
 *
 * <ul>
 *   <li>In the world, and in the {@code test} rows, women and men repay alike: each of the four
 *       groups (repaid, gender) is a quarter of the rows.
 *   <li>In the records, the {@code train} and {@code calibration} rows, <b>40 % of the women and 80
 *       % of the men repaid</b> ({@link #recordedRepayment}): the branch that served most women
 *       kept its failed loans on file and archived many of the repaid ones.
 * </ul>
 *
 * <p>So gender tells nothing about a borrower, but a model that learns from the records adds
 * log-odds of log(0.8/0.2) for men and log(0.4/0.6) for women. Subtracting them makes it as fair
 * and as accurate as the inputs allow. {@code region} is a proxy: it tells the gender in about 7 of
 * 10 cases.
 */
public final class SimulatedLending {
  /** The column of true classes, {@code no} or {@code yes}. */
  public static final String TARGET = "repaid";

  /** The column of the protected attribute, {@code female} or {@code male}. */
  public static final String ATTRIBUTE = "gender";

  /** The classes of the target. */
  public static final Classes CLASSES = Classes.of("no", "yes");

  /** As many rows as {@code evenhand demo} takes. */
  public static final int DEFAULT_ROWS = 24_000;

  private static final List<String> PARTS = List.of(Split.TRAIN, Split.CALIBRATION, Split.TEST);
  private static final double[] PART_SHARES = {0.6, 0.2, 0.2};
  private static final int TEST_PART = 2;

  private static final List<String> GENDERS = List.of("female", "male");
  private static final double[] RECORDED_REPAYMENT = {0.4, 0.8};

  private static final List<String> HISTORIES = List.of("none", "late payments", "clean");
  private static final double[][] HISTORY_IF_REPAID = {{0.30, 0.40, 0.30}, {0.30, 0.15, 0.55}};

  private static final List<String> REGIONS = List.of("coast", "hills", "plain", "river");
  private static final double[][] REGION_OF_GENDER = {
    {0.40, 0.30, 0.20, 0.10}, {0.10, 0.20, 0.30, 0.40}
  };

  private SimulatedLending() {}

  /** The bias that was put in: the share of each gender that repaid according to the records. */
  public static Map<String, Double> recordedRepayment() {
    return Map.of(GENDERS.get(0), RECORDED_REPAYMENT[0], GENDERS.get(1), RECORDED_REPAYMENT[1]);
  }

  /**
   * Draws borrowers.
   *
   * @param rows how many, at least one
   * @param seed of every draw
   * @return the numbers {@code income} (a year, in whole hundreds), {@code debt_ratio} (of the
   *     income), {@code years_employed} and {@code loans_before}; the texts {@code credit_history},
   *     {@code region} and {@code gender}; {@code repaid}; and {@code split}, of which 60 % is
   *     {@code train}, 20 % {@code calibration} and 20 % {@code test}
   */
  public static Table table(int rows, long seed) {
    Borrowers borrowers = new Borrowers(rows);
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      borrowers.draw(row, random);
    }
    return borrowers.table();
  }

  /** The columns while they are drawn. */
  private static final class Borrowers {
    private final double[] income;
    private final double[] debtRatio;
    private final double[] yearsEmployed;
    private final double[] loansBefore;
    private final int[] history;
    private final int[] region;
    private final int[] gender;
    private final int[] repaid;
    private final int[] part;

    Borrowers(int rows) {
      income = new double[rows];
      debtRatio = new double[rows];
      yearsEmployed = new double[rows];
      loansBefore = new double[rows];
      history = new int[rows];
      region = new int[rows];
      gender = new int[rows];
      repaid = new int[rows];
      part = new int[rows];
    }

    void draw(int row, SplittableRandom random) {
      part[row] = choose(PART_SHARES, random);
      gender[row] = random.nextInt(2);
      double repayment = part[row] == TEST_PART ? 0.5 : RECORDED_REPAYMENT[gender[row]];
      int good = random.nextDouble() < repayment ? 1 : 0;
      repaid[row] = good;
      income[row] = 100 * Math.rint(300 * StrictMath.exp(0.45 * normal(random) + 0.35 * good));
      debtRatio[row] =
          Math.rint(100 / (1 + StrictMath.exp(0.4 + 0.6 * good + 0.7 * normal(random)))) / 100;
      yearsEmployed[row] = Math.rint(StrictMath.exp(1.2 + 0.35 * good + 0.7 * normal(random)));
      loansBefore[row] = Math.floor(StrictMath.exp(0.5 + 0.6 * normal(random)));
      history[row] = choose(HISTORY_IF_REPAID[good], random);
      region[row] = choose(REGION_OF_GENDER[gender[row]], random);
    }

    Table table() {
      List<Column> columns =
          List.of(
              new NumericColumn("income", income),
              new NumericColumn("debt_ratio", debtRatio),
              new NumericColumn("years_employed", yearsEmployed),
              new NumericColumn("loans_before", loansBefore),
              new TextColumn("credit_history", HISTORIES, history),
              new TextColumn("region", REGIONS, region),
              new TextColumn(ATTRIBUTE, GENDERS, gender),
              new TextColumn(TARGET, CLASSES.names(), repaid),
              new TextColumn(Split.COLUMN, PARTS, part));
      return Table.of(columns);
    }
  }

  private static int choose(double[] shares, SplittableRandom random) {
    double left = random.nextDouble();
    int choice = 0;
    while (choice < shares.length - 1 && left >= shares[choice]) {
      left -= shares[choice];
      choice++;
    }
    return choice;
  }

  /** Box–Muller in strict arithmetic: the same population on every platform and Java release. */
  private static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
