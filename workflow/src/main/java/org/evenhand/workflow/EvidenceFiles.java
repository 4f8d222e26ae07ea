package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;

/**
 * Where evidence goes, if it is wanted.
 *
 * @param report a page for people (HTML)
 * @param evidence all numbers with their provenance (JSON)
 */
public record EvidenceFiles(Optional<Path> report, Optional<Path> evidence) {
  /** The files by role, in the order in which they are listed. */
  public Map<String, Path> byRole() {
    Map<String, Path> files = new LinkedHashMap<>();
    report.ifPresent(file -> files.put("report", file));
    evidence.ifPresent(file -> files.put("evidence", file));
    return files;
  }

  /**
   * Writes both or, if one cannot be written, none.
   *
   * @param measured what they say
   * @throws WorkflowException if one cannot be written
   */
  public void write(Evidence measured) {
    try (StagedFiles files = new StagedFiles()) {
      report.ifPresent(file -> files.write(file, to -> EvidencePack.writeReport(measured, to)));
      evidence.ifPresent(
          file -> files.write(file, to -> EvidencePack.writeJson(measured, byRole(), to)));
      files.moveIntoPlace();
    }
  }
}
