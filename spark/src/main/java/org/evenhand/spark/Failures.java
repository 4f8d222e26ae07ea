package org.evenhand.spark;

import java.util.function.Supplier;
import org.evenhand.core.EvenhandException;

/** What went wrong on a cluster, as one sentence. */
final class Failures {
  private Failures() {}

  /**
   * Runs a job.
   *
   * @param what it does, for the message: "The rows could not be counted"
   * @throws EvenhandException what an executor threw of ours, or else an {@link
   *     EvenhandSparkException} with the first line of Spark's own reason
   */
  static <T> T told(String what, Supplier<T> job) {
    try {
      return job.get();
    } catch (EvenhandException e) {
      throw e;
    } catch (Throwable e) { // Scala throws checked exceptions that its methods do not declare
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      throw sentence(what, e);
    }
  }

  private static EvenhandException sentence(String what, Throwable failure) {
    Throwable root = failure;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof EvenhandException ours) {
        return new EvenhandSparkException(String.valueOf(ours.getMessage()), failure);
      }
      root = at;
    }
    String reason = firstLine(failure);
    String deepest = firstLine(root);
    return new EvenhandSparkException(
        "%s: %s%s"
            .formatted(what, reason, reason.contains(deepest) ? "" : " (%s)".formatted(deepest)),
        failure);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getName()
        : message.lines().findFirst().orElse("").strip();
  }
}
