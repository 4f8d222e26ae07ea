package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.evenhand.audit.AuditSettings;
import org.evenhand.baselines.PriorShift;
import org.evenhand.repair.Aim;
import org.evenhand.repair.RepairGoals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method that nothing but its own module knows is run like any other. */
class AnyMethodTest {
  @Test
  void a_method_of_one_class_is_proposed_measured_written_and_told_of(@TempDir Path folder)
      throws IOException {
    DemoScene scene = DemoScene.simulated(folder, 1);
    RepairFiles files =
        new RepairFiles(
            Optional.of(folder.resolve("shifted.onnx")),
            Optional.of(folder.resolve("patch.onnx")),
            folder.resolve("report.html"),
            folder.resolve("evidence.json"));
    RepairRequest request =
        new RepairRequest(
            "repair",
            new RepairRequest.BlackBox(
                ModelSource.of(scene.model(), scene.classes().names()),
                RowsRequest.of(scene.data(), Roles.of(scene.target(), List.of(scene.attribute()))),
                Optional.empty(),
                false),
            progress -> new PriorShift(),
            new RepairGoals(List.of(Aim.MODEL_BIAS), OptionalDouble.empty(), Set.of(), true),
            AuditSettings.DEFAULT,
            0.5,
            1,
            files,
            false,
            true);

    RepairRun run = RepairRun.of(request, new Invocation("test", 1, Map.of()), Notes.NONE);

    assertThat(run.files().keySet()).containsExactly("model", "report", "evidence");
    assertThat(run.record().measured().rows()).isEqualTo("test");
    JsonNode evidence = new ObjectMapper().readTree(Files.readString(files.evidence()));
    assertThat(evidence.findValue("family").asText()).isEqualTo("prior");
    assertThat(Files.readString(files.report()))
        .contains("class-prior shift", "What is added to each class", "it is a reference");
  }
}
