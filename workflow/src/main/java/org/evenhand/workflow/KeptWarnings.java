package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Setting;

/** Passes notes on and keeps the warnings, which belong to the result too. */
final class KeptWarnings implements Notes {
  private final Notes to;
  private final List<String> warnings = new ArrayList<>();

  KeptWarnings(Notes to) {
    this.to = to;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void say(String sentence) {
    to.say(sentence);
  }

  @Override
  public void warn(String sentence) {
    warnings.add(sentence);
    to.warn(sentence);
  }

  @Override
  public void warn(String sentence, Setting... settings) {
    warnings.add(sentence);
    to.warn(sentence, settings);
  }

  @Override
  public Watch watch(double end) {
    return to.watch(end);
  }
}
