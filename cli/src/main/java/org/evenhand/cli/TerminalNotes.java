package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.List;
import org.evenhand.core.Setting;
import org.evenhand.terminal.OptionNames;
import org.evenhand.terminal.Printable;
import org.evenhand.terminal.ProgressBar;
import org.evenhand.workflow.Notes;

/**
 * Says on standard error what a run finds out.
 *
 * @param err where to
 */
record TerminalNotes(PrintWriter err) implements Notes {
  @Override
  public void say(String sentence) {
    err.println("evenhand: " + Printable.of(sentence));
    err.flush();
  }

  @Override
  public void warn(String sentence, Setting... settings) {
    warn(OptionNames.with(sentence, List.of(settings)));
  }

  @Override
  public Watch watch() {
    return new Bar(ProgressBar.on(err));
  }

  /** A bar for one long task. */
  private record Bar(ProgressBar bar) implements Watch {
    @Override
    public void step(String task, long done, long total) {
      bar.step(task, done, total);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
