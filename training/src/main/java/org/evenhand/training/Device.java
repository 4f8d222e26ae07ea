package org.evenhand.training;

import java.util.regex.Pattern;

/**
 * What a network is trained on.
 *
 * @param name {@code cpu}, {@code cuda} (the first graphics card) or {@code cuda:i}
 */
public record Device(String name) {
  private static final Pattern NAMES = Pattern.compile("cpu|cuda(:\\d{1,2})?");

  /** The processor's cores. */
  public static final Device CPU = new Device("cpu");

  /**
   * @throws TrainingException if there is no device of such a name
   */
  public Device {
    if (!NAMES.matcher(name).matches()) {
      throw new TrainingException(
          "There is no device '%s'; the devices are cpu, cuda and cuda:0, cuda:1, …"
              .formatted(name));
    }
  }

  /** Whether it is a graphics card. */
  boolean cuda() {
    return name.startsWith("cuda");
  }
}
