package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code evenhand unlearn} on a deployed convolutional network: pairs of other faces of the same
 * gender. A part of the images, so that it takes seconds; the figures on all of them are in
 * docs/updates.md.
 */
class FaceUnlearnTest {
  private static final int IMAGES = 3_000;

  private final Path folder;

  FaceUnlearnTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Every sixth labelled image, because the file is sorted by age. */
  private Path labels() throws IOException {
    List<String> lines = new ArrayList<>(List.of("file,gender,race"));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(RealData.file("images/utkface-labels.csv.gz"))),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .filter(cells -> !cells[2].isEmpty() && !cells[3].isEmpty())
          .map(cells -> cells[0] + "," + cells[2] + "," + cells[3])
          .forEach(lines::add);
    }
    List<String> some = new ArrayList<>(lines.subList(0, 1));
    int every = (lines.size() - 1) / IMAGES;
    for (int i = 0; i < IMAGES; i++) {
      some.add(lines.get(1 + i * every));
    }
    return Files.write(folder.resolve("labels.csv"), some);
  }

  @Test
  void the_gap_between_faces_of_two_groups_falls_in_the_head_alone() throws IOException {
    Path deployed = RealData.file("models/face-api-age-gender.onnx");
    Path repaired = folder.resolve("repaired.onnx");

    Cli.Outcome outcome =
        Cli.run(
            "unlearn",
            "--model",
            deployed.toString(),
            "--images",
            RealData.file("images/utkface-64.tar.gz").toString(),
            "--labels",
            labels().toString(),
            "--target",
            "gender",
            "--classes",
            "0,1",
            "--flip",
            "race",
            "--pairs",
            "other-rows",
            "--force",
            "--json",
            "--out",
            repaired.toString());

    assertThat(outcome).exits(0);
    JsonNode before = outcome.json().path("before");
    JsonNode after = outcome.json().path("after");
    assertThat(gap(after)).isLessThan(gap(before));
    double accuracy = accuracy(before);
    double error = Math.sqrt(accuracy * (1 - accuracy) / (IMAGES / 2.0));
    assertThat(accuracy(after)).isGreaterThan(accuracy - 2 * error);
    try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(deployed)) {
      HeadBytes.assertOnlyHeadDiffers(deployed, repaired, model.headTensors());
    }
  }

  private static double gap(JsonNode audit) {
    return audit.at("/attributes/race/counterfactual_bias/group_gap/value").asDouble(Double.NaN);
  }

  private static double accuracy(JsonNode audit) {
    return audit.at("/overall_accuracy/value").asDouble(Double.NaN);
  }
}
