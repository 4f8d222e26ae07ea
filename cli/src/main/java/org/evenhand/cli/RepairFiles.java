package org.evenhand.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a repair's files go.
 *
 * @param fused the fused model; empty where the deployed model is out of reach behind a URL
 * @param patch beside a fused model the patch alone, otherwise the whole correction
 * @param report the report page
 * @param evidence all numbers with their provenance
 */
record RepairFiles(Optional<Path> fused, Path patch, Path report, Path evidence) {
  /** All of them, by role. */
  Map<String, Path> byRole() {
    Map<String, Path> files = new LinkedHashMap<>();
    fused.ifPresent(path -> files.put("model", path));
    files.put("patch", patch);
    files.put("report", report);
    files.put("evidence", evidence);
    return files;
  }
}
