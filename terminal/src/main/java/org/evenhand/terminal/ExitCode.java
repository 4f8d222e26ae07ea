package org.evenhand.terminal;

/** The documented exit codes. */
public final class ExitCode {
  /** All is done. */
  public static final int DONE = 0;

  /** An attribute is biased, where that is asked to be told. */
  public static final int BIASED = 1;

  /** Wrong usage: options that do not exist, do not go together or are out of range. */
  public static final int USAGE = 2;

  /** Bad input: files that cannot be read or do not hold what they are taken for. */
  public static final int BAD_INPUT = 3;

  /** A mistake of ours. */
  public static final int INTERNAL = 4;

  /** A repair is declined, and no model was written. */
  public static final int DECLINED = 5;

  private ExitCode() {}
}
