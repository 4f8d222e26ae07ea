package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** The given data: a test is skipped without {@code EVENHAND_DATA}, unless {@code CI} is true. */
final class GivenData {
  private GivenData() {}

  static Path folder() {
    String folder = System.getenv("EVENHAND_DATA");
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(folder).as("EVENHAND_DATA").isNotNull();
    }
    assertThat(folder).as("EVENHAND_DATA").isNotNull();
    return Path.of(String.valueOf(folder));
  }
}
