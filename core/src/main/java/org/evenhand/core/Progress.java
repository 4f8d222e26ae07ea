package org.evenhand.core;

/** Told how far a long task has come; calls may arrive from several threads. */
@FunctionalInterface
public interface Progress {
  /** Nobody watches. */
  Progress NONE = (task, done, total) -> {};

  /**
   * One more step is done, or a task begins whose steps have tasks of their own.
   *
   * @param task a few words
   * @param done steps done so far; 0 if the task begins
   * @param total steps in all
   */
  void step(String task, long done, long total);
}
