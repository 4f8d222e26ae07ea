/** What a finding says was seen, compared with what is seen now. */
final class Finding {
  private static boolean changed;

  private Finding() {}

  /** Prints what is seen; notes if it is not what was written down. */
  static void expect(String what, String written, String seen) {
    System.out.println(what + ": " + seen);
    if (!written.equals(seen)) {
      System.out.println("  CHANGED: it was " + written);
      changed = true;
    }
  }

  /** Ends the program: 1 if anything has changed. */
  static void end() {
    System.exit(changed ? 1 : 0);
  }
}
