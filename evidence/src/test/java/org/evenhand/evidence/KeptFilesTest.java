package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.JsonFiles.parse;
import static org.evenhand.evidence.JsonFiles.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that read the evidence of an earlier version read today's: whatever the files in {@code
 * kept} hold, written from the same samples by that version, is still there and of the same type.
 * These files are never written anew; another format gets files of its own.
 */
class KeptFilesTest {
  /** The evidence that was kept, in the file of its name. */
  enum Kept {
    AUDIT,
    AUDIT_FLIP,
    ERASE,
    UNLEARN;

    private Evidence evidence() {
      return switch (this) {
        case AUDIT -> Samples.auditEvidence(Samples.race(false), Samples.region());
        case AUDIT_FLIP -> CounterfactualSamples.evidence();
        case ERASE -> Samples.repairEvidence();
        case UNLEARN -> UnlearningSamples.evidence();
      };
    }

    private JsonNode then() {
      return parse(resource("kept/" + name().toLowerCase(Locale.ROOT) + ".json"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_key_of_format_1_is_there_with_a_value_of_the_same_type(
      Kept kept, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("evidence.json");
    EvidencePack.writeJson(kept.evidence(), Map.of("evidence", Path.of("out/evidence.json")), file);
    JsonNode now = parse(Files.readString(file));

    Map<String, Set<String>> types = types(now);

    assertThat(now.properties().iterator().next().getKey()).isEqualTo("format");
    assertThat(now.path("format").intValue()).isEqualTo(1);
    assertThat(types).containsAllEntriesOf(types(kept.then()));
  }

  /** The types that occur at every path; all elements of an array are at one. */
  private static Map<String, Set<String>> types(JsonNode root) {
    Map<String, Set<String>> types = new TreeMap<>();
    gather(root, "", types);
    return types;
  }

  private static void gather(JsonNode node, String path, Map<String, Set<String>> types) {
    types.computeIfAbsent(path, p -> new TreeSet<>()).add(node.getNodeType().name());
    node.properties()
        .forEach(field -> gather(field.getValue(), path + "/" + field.getKey(), types));
    if (node.isArray()) {
      node.forEach(element -> gather(element, path + "[]", types));
    }
  }
}
