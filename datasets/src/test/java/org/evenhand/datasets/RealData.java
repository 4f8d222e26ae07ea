package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files of the folder that EVENHAND_DATA names: optional at home, required where CI=true. */
final class RealData {
  private RealData() {}

  static Path file(String path) {
    String folder = System.getenv("EVENHAND_DATA");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(folder != null, "EVENHAND_DATA is not set, so there is no " + path);
    }
    assertThat(folder).as("EVENHAND_DATA, needed for " + path).isNotNull();
    Path file = Path.of(folder).resolve(path);
    assertThat(file).exists();
    return file;
  }
}
