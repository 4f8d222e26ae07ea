package org.evenhand.unlearning;

/** Settings of the linear algebra, which hold for the whole process. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * How many threads form a Hessian from now on; unless set, one a processor. No figure depends on
   * it.
   *
   * @param threads at least 1; 1 where many heads are edited at the same time
   */
  public static void useThreads(int threads) {
    Blas.threads(Math.max(1, threads));
  }
}
