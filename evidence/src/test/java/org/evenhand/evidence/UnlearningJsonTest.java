package org.evenhand.evidence;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.JsonFiles.assertHolds;
import static org.evenhand.evidence.JsonFiles.names;
import static org.evenhand.evidence.JsonFiles.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlearningJsonTest {
  @Test
  void evidence_of_an_edited_head_is_exactly_the_documented_file(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("evidence.json");

    EvidencePack.writeJson(
        UnlearningSamples.evidence(), Map.of("model", Path.of("out/edited.onnx")), file);

    assertHolds("unlearn.json", Files.readString(file));
  }

  @Test
  void an_edited_head_has_the_same_keys_as_any_other_repair_and_settings_of_its_own() {
    JsonNode edited = parse(EvidencePack.machineOutput(UnlearningSamples.evidence(), Map.of()));
    JsonNode erased = parse(EvidencePack.machineOutput(Samples.repairEvidence(), Map.of()));

    assertThat(names(edited))
        .containsExactly(
            "command",
            "method",
            "settings",
            "declined",
            "declined_reason",
            "findings",
            "harms",
            "people",
            "change",
            "before",
            "after",
            "measured_on",
            "outputs");
    assertThat(names(erased))
        .containsAll(names(edited).stream().filter(not("settings"::equals)).toList());
    assertThat(edited.get("command").textValue()).isEqualTo("unlearn");
    assertThat(edited.get("method").textValue()).isEqualTo("direct");
    assertThat(edited.at("/after/model/path").textValue()).isEqualTo("out/edited.onnx");
  }

  @Test
  void a_declined_edit_is_measured_all_the_same() {
    JsonNode declined = parse(EvidencePack.machineOutput(UnlearningSamples.declined(), Map.of()));

    assertThat(declined.get("declined").booleanValue()).isTrue();
    assertThat(declined.get("declined_reason").textValue())
        .startsWith("every edit costs more accuracy");
    assertThat(declined.at("/before/attributes/race/counterfactual_bias/value").doubleValue())
        .isEqualTo(0.064);
    assertThat(declined.at("/after/attributes/race/counterfactual_bias/value").doubleValue())
        .isEqualTo(0.012);
    assertThat(declined.at("/after/model").isNull()).isTrue();
  }

  @Test
  void a_certificate_that_is_infinite_is_null(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("evidence.json");

    EvidencePack.writeJson(UnlearningSamples.singular(), Map.of(), file);

    assertThat(parse(Files.readString(file)).at("/repair/edit/condition_number").isNull()).isTrue();
  }
}
