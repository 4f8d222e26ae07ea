package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips that people make in commands, options, columns and values. */
class MisspeltTest {
  private static Lending lending;

  @BeforeAll
  static void prepare(@TempDir Path folder) {
    lending = Lending.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "adit, '', audit",
    "Audit, '', audit",
    "audit, --mdoel=m.onnx, --model",
    "audit, --taget=repaid, --target",
    "audit, --attributes=gender, --attribute",
    "audit, --atribute=gender, --attribute",
    "audit, --min-groupsize=3, --min-group-size",
    "repair, --acess=inputs, --access",
    "erase, --ouput=fair.onnx, --output"
  })
  void commands_and_options(String command, String option, String meant) {
    List<String> line = new ArrayList<>(List.of(command));
    if (!option.isEmpty()) {
      line.add(option);
    }

    assertThat(Cli.run(line.toArray(String[]::new)).err())
        .contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "repayed, gender, repaid",
    "repaid, Gender, gender",
    "repaid, gendre, gender",
  })
  void columns(String target, String attribute, String meant) {
    assertThat(audit("--target", target, "--attribute", attribute))
        .contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "--favorable, Yes, yes",
    "--split, tset, test",
    "--reference, gender=femal, female",
  })
  void values(String option, String value, String meant) {
    assertThat(audit("--target", "repaid", "--attribute", "gender", option, value))
        .contains("Did you mean '" + meant + "'?");
  }

  private static String audit(String... options) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                lending.model().toString(),
                "--data",
                lending.data().toString(),
                "--classes",
                "no,yes"));
    line.addAll(Arrays.asList(options));
    return Cli.run(line.toArray(String[]::new)).err();
  }
}
