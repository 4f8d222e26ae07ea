package org.evenhand.workflow;

import org.evenhand.core.Setting;

/**
 * Tells others of a part of a run, such as one of several models.
 *
 * @param notes told of the whole run
 * @param from share of the run that is behind when the part begins, 0 to 1
 * @param until share of the run that is behind when it ends
 */
record PartOfRun(Notes notes, double from, double until) implements Notes {
  @Override
  public void say(String sentence) {
    notes.say(sentence);
  }

  @Override
  public void warn(String sentence) {
    notes.warn(sentence);
  }

  @Override
  public void warn(String sentence, Setting... settings) {
    notes.warn(sentence, settings);
  }

  @Override
  public Watch watch(double end) {
    return notes.watch(from + (until - from) * end);
  }
}
