package org.evenhand.cli;

/** The documented exit codes. */
final class ExitCode {
  static final int DONE = 0;
  static final int BIASED = 1;
  static final int USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int INTERNAL = 4;
  static final int DECLINED = 5;

  private ExitCode() {}
}
