package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.List;
import org.evenhand.core.Setting;
import org.evenhand.terminal.OptionNames;
import org.evenhand.terminal.Printable;
import org.evenhand.terminal.ProgressBar;
import org.evenhand.workflow.Notes;

/** Says on standard error what a run finds out, and how far it has come. */
final class TerminalNotes implements Notes {
  private final PrintWriter err;
  private final ProgressBar bar;

  /**
   * For one run.
   *
   * @param err standard error
   */
  TerminalNotes(PrintWriter err) {
    this.err = err;
    this.bar = ProgressBar.on(err);
  }

  @Override
  public void say(String sentence) {
    bar.close();
    err.println("evenhand: " + Printable.of(sentence));
    err.flush();
  }

  @Override
  public void warn(String sentence, Setting... settings) {
    warn(OptionNames.with(sentence, List.of(settings)));
  }

  @Override
  public Watch watch(double end) {
    bar.begin(end);
    return new Part(bar);
  }

  /** A part of the run, which all share one bar. */
  private record Part(ProgressBar bar) implements Watch {
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
