package org.evenhand.audit;

/** What weights of rows mean. */
public enum WeightKind {
  /** A row of weight 2 is two equal rows: it counts, and is as certain, as the row twice. */
  FREQUENCY,
  /**
   * A row of weight 2 stands for twice as many people as one of weight 1, but is one row, as in a
   * survey: figures are weighted, and their certainty is that of the sample.
   */
  SAMPLING
}
