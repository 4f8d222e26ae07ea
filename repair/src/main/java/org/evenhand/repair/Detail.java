package org.evenhand.repair;

/**
 * Something that a method says of its proposal beside the figures that every repair has. Text, JSON
 * and pages show all cases in the same way, so that a method needs no renderer of its own.
 */
public sealed interface Detail permits Fact, FactTable, FactGroup {
  /** The key in machine output: snake case, one of a kind beside its neighbours. */
  String key();

  /** What it is called for people. */
  String title();
}
