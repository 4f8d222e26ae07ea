package org.evenhand.cli;

import static org.evenhand.cli.CliAssert.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal reads, to the letter. */
class TerminalTextTest {
  /**
   * What is left of gradients, which for one that is zero but for rounding depends on the
   * processor, as does an estimated condition number.
   */
  private static final Pattern ROUNDING =
      Pattern.compile("(Condition number|Gradient residual|Training gradient): [^;\\n]+");

  private static Lending lending;

  private final Path folder;

  TerminalTextTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void prepare(@TempDir Path given) {
    lending = Lending.in(given);
  }

  private void assertPrints(String golden, Cli.Outcome outcome) {
    assertThat(outcome).exits(0);
    String text = outcome.out().replace(folder.toString(), "FOLDER").replace('\\', '/');
    Golden.assertHolds(
        Path.of("src/test/resources/golden", golden), ROUNDING.matcher(text).replaceAll("$1: …"));
  }

  @Test
  void an_audit() {
    assertPrints("audit.txt", lending.run("audit", "--attribute", "region"));
  }

  @Test
  void an_audit_of_counterparts() {
    assertPrints("audit-flip.txt", lending.run("audit", "--flip", "gender", "--flip", "all"));
  }

  @Test
  void a_repair_of_the_answers() {
    assertPrints(
        "erase.txt",
        lending.run("erase", "--folds", "2", "--out", folder.resolve("fused.onnx").toString()));
  }

  @Test
  void a_repair_of_the_head() {
    assertPrints(
        "unlearn.txt",
        lending.run(
            "unlearn", "--flip", "gender", "--out", folder.resolve("repaired.onnx").toString()));
  }
}
