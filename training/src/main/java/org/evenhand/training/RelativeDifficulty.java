package org.evenhand.training;

/**
 * How much harder a row is for a network that learns what is easy than for another (LfF, Nam et al.
 * 2020): {@code W = ℓ_e / (ℓ_e + ℓ_o)}, with running means ℓ of the row's losses, each divided by
 * the largest of its class. Rows that show what the easy way gets wrong have a W near 1.
 *
 * <p>The running means are among a network's measured numbers, so that checkpoints keep them.
 *
 * @param easy the measured tensor of ℓ_e, one number a row; below 0 where the row was not yet seen
 * @param other the measured tensor of ℓ_o
 * @param kept share of a running mean that stays when there is a new loss, in [0, 1)
 * @param codes the class of every row; that of a row which is never seen does not count
 * @param classes how many there are
 */
record RelativeDifficulty(int easy, int other, double kept, int[] codes, int classes) {
  private static final float UNSEEN = -1;

  /** Against a division by zero where neither network is ever wrong. */
  private static final double EPSILON = 1e-8;

  static RelativeDifficulty of(Blueprint blueprint, double kept, int[] codes, int classes) {
    int rows = codes.length;
    return new RelativeDifficulty(
        blueprint.measure(Blueprint.constant(rows, UNSEEN), rows),
        blueprint.measure(Blueprint.constant(rows, UNSEEN), rows),
        kept,
        codes,
        classes);
  }

  /**
   * Takes the losses of some rows into the running means.
   *
   * @param easyLosses of the network that learns what is easy
   * @param otherLosses of the other
   * @param rows which rows they are
   * @return W of these rows, in [0, 1)
   */
  float[] weights(Weights used, float[] easyLosses, float[] otherLosses, int[] rows) {
    float[] easyShares = shares(used, easy, easyLosses, rows);
    float[] otherShares = shares(used, other, otherLosses, rows);
    float[] weights = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      weights[i] = (float) (easyShares[i] / (easyShares[i] + otherShares[i] + EPSILON));
    }
    return weights;
  }

  /** Running means as shares of the largest of their class. */
  private float[] shares(Weights used, int measured, float[] losses, int[] rows) {
    float[] means = Engine.values(used.measured(measured));
    for (int i = 0; i < rows.length; i++) {
      float before = means[rows[i]];
      means[rows[i]] = before < 0 ? losses[i] : (float) (kept * before + (1 - kept) * losses[i]);
    }
    used.measure(measured, means);
    float[] largest = new float[classes];
    for (int row = 0; row < means.length; row++) {
      if (means[row] >= 0) {
        largest[codes[row]] = Math.max(largest[codes[row]], means[row]);
      }
    }
    float[] shares = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      float most = largest[codes[rows[i]]];
      shares[i] = most > 0 ? means[rows[i]] / most : 0;
    }
    return shares;
  }
}
