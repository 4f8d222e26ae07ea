package org.evenhand.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes sample reports to {@code target/sample-reports}, to be looked at. */
final class SamplePages {
  private SamplePages() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "sample-reports"));
    EvidencePack.writeReport(Samples.repairEvidence(), directory.resolve("repair.html"));
    EvidencePack.writeReport(Samples.declinedEvidence(), directory.resolve("declined.html"));
    EvidencePack.writeReport(UnlearningSamples.evidence(), directory.resolve("unlearn.html"));
    EvidencePack.writeReport(
        UnlearningSamples.declined(), directory.resolve("unlearn-declined.html"));
    EvidencePack.writeReport(
        ExplanationSamples.of(Optional.empty()), directory.resolve("explain.html"));
    EvidencePack.writeReport(
        Samples.auditEvidence(Samples.race(false), Samples.region()),
        directory.resolve("audit.html"));
    EvidencePack.writeReport(Samples.manyGroups(), directory.resolve("many-groups.html"));
  }
}
