package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a repair's files go.
 *
 * @param model the repaired model; empty where the deployed one is out of reach behind a URL
 * @param patch beside a repaired model the patch alone, otherwise the whole correction; empty where
 *     the method has none
 * @param step of a model behind a URL, the correction as an ONNX model that is run after it
 * @param report a page for people (HTML)
 * @param evidence all numbers with their provenance (JSON)
 */
public record RepairFiles(
    Optional<Path> model, Optional<Path> patch, Optional<Path> step, Path report, Path evidence) {
  /**
   * The files of a model that is at hand.
   *
   * @param model the repaired model
   * @param patch the patch alone
   * @param report a page for people
   * @param evidence all numbers
   */
  public RepairFiles(Optional<Path> model, Optional<Path> patch, Path report, Path evidence) {
    this(model, patch, Optional.empty(), report, evidence);
  }

  /**
   * A file beside a model or a page that is named after it: {@code fair.report.html} beside {@code
   * fair.onnx}.
   *
   * @param named the repaired model, or a page
   * @param ending what follows its name, such as {@code report.html}
   */
  public static Path beside(Path named, String ending) {
    String stem = named.getFileName().toString().replaceFirst("(?<=.)\\.(onnx|html)$", "");
    return named.resolveSibling(stem + "." + ending);
  }

  /** All of them by role, in the order in which they are listed. */
  public Map<String, Path> byRole() {
    Map<String, Path> files = new LinkedHashMap<>();
    model.ifPresent(file -> files.put("model", file));
    patch.ifPresent(file -> files.put("patch", file));
    step.ifPresent(file -> files.put("step", file));
    files.put("report", report);
    files.put("evidence", evidence);
    return files;
  }
}
