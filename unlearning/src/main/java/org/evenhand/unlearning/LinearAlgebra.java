package org.evenhand.unlearning;

/** The settings of OpenBLAS, which hold for the whole process. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * How many threads every product and factor uses from now on. Figures change by rounding at most.
   *
   * @param threads at least 1; 1 where many heads are edited at the same time
   */
  public static void useThreads(int threads) {
    Blas.threads(Math.max(1, threads));
  }
}
