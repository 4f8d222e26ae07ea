package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.onnx.HeadTensor;

/** What of a model file an edit has changed. */
final class HeadBytes {
  private HeadBytes() {}

  /** The files differ, and only where the head's numbers are. */
  static void assertOnlyHeadDiffers(Path deployed, Path repaired, List<HeadTensor> head)
      throws IOException {
    byte[] before = Files.readAllBytes(deployed);
    byte[] after = Files.readAllBytes(repaired);
    assertThat(after).hasSameSizeAs(before);
    int[] changed = IntStream.range(0, before.length).filter(i -> before[i] != after[i]).toArray();
    assertThat(changed).isNotEmpty();
    assertThat(Arrays.stream(changed).boxed())
        .allMatch(at -> head.stream().anyMatch(tensor -> at >= tensor.from() && at < tensor.to()));
  }
}
