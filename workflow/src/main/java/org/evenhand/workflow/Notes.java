package org.evenhand.workflow;

import org.evenhand.core.Progress;
import org.evenhand.core.Setting;

/** Told what a run finds out on its way, for a person who waits for its result. */
@FunctionalInterface
public interface Notes {
  /** Nobody listens. */
  Notes NONE = sentence -> {};

  /**
   * Something worth knowing, such as which of a model's outputs is read.
   *
   * @param sentence one, for a person
   */
  void say(String sentence);

  /**
   * Something that may make the result other than what was meant.
   *
   * @param sentence one, for a person
   */
  default void warn(String sentence) {
    say("warning: " + sentence);
  }

  /**
   * The same with what would help.
   *
   * @param sentence one, for a person
   * @param settings that the person may want to change
   */
  default void warn(String sentence, Setting... settings) {
    warn(sentence);
  }

  /** Someone who watches a long task; nobody, unless this is overridden. */
  default Watch watch() {
    return Watch.NONE;
  }

  /**
   * Someone who watches a part of the run and wants to know how far the whole has come; by default
   * the same as for any long task.
   *
   * @param end share of the whole run that is behind when the part ends, 0 to 1; a rough one will
   *     do
   */
  default Watch watch(double end) {
    return watch();
  }

  /** Watches a long task until it is closed. */
  interface Watch extends Progress, AutoCloseable {
    /** Nobody watches. */
    Watch NONE = (task, done, total) -> {};

    @Override
    default void close() {}
  }
}
