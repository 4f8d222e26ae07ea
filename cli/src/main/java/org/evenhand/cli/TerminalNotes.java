package org.evenhand.cli;

import java.io.PrintWriter;
import org.evenhand.workflow.Notes;

/**
 * Says on standard error what a run finds out.
 *
 * @param err where to
 */
record TerminalNotes(PrintWriter err) implements Notes {
  @Override
  public void say(String sentence) {
    err.println("evenhand: " + sentence);
    err.flush();
  }

  @Override
  public Watch watch() {
    return ProgressBar.on(err);
  }
}
