package org.evenhand.evidence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.VerdictPlan;
import org.evenhand.core.AtomicFile;

/** Turns evidence into the files and the output that users get. */
public final class EvidencePack {
  private EvidencePack() {}

  /**
   * One JSON object, as {@code --json} prints it, ending with a line feed. Fractions are in 0…1; a
   * number that is unknown is {@code null} with a {@code reason}; {@code model} is {@code null}
   * when recorded answers were audited, and in {@code after} when no repaired model was written.
   *
   * @param evidence what to print
   * @param outputs the files written, by role ({@code model}, {@code patch}, {@code report}, {@code
   *     evidence}), in the order in which they are listed
   */
  public static String machineOutput(Evidence evidence, Map<String, Path> outputs) {
    return Json.print(EvidenceJson.machineOutput(evidence, outputs));
  }

  /**
   * One JSON object that says which rows put bias into a model, ending with a line feed. A share
   * that cannot be told is {@code null}.
   *
   * @param explanation what to print
   */
  public static String machineOutput(ExplanationRecord explanation) {
    return Json.print(ExplanationJson.of(explanation));
  }

  /**
   * One JSON object that says what a fused model did to single rows, ending with a line feed.
   *
   * @param decisions what to print
   */
  public static String machineOutput(List<ExplainedDecision> decisions) {
    return Json.print(DecisionsJson.of(decisions));
  }

  /**
   * One JSON object that says how many rows verdicts will need, ending with a line feed. Where a
   * million rows would not do, a number is {@code null}.
   *
   * @param plans one per attribute, at least one, with the same settings
   */
  public static String planOutput(List<VerdictPlan> plans) {
    return Json.print(PlanJson.of(plans));
  }

  /**
   * Writes {@code evidence.json}: the machine output, and with it the provenance, the whole record
   * of a repair, and the cautions.
   *
   * @param evidence what to write
   * @param outputs the files written, by role
   * @param file is replaced as a whole or not at all
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void writeJson(Evidence evidence, Map<String, Path> outputs, Path file) {
    write(Json.print(EvidenceJson.file(evidence, outputs)), file);
  }

  /**
   * Writes {@code report.html}: one page that needs no network and no script.
   *
   * @param evidence what to show
   * @param file is replaced as a whole or not at all
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void writeReport(Evidence evidence, Path file) {
    write(Report.of(evidence), file);
  }

  /**
   * Writes the page of an explanation, which needs no network and no script.
   *
   * @param explanation what to show; the page holds its pictures
   * @param file is replaced as a whole or not at all
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void writeReport(ExplanationRecord explanation, Path file) {
    write(ExplanationReport.of(explanation), file);
  }

  /**
   * One JSON object that compares methods of repair, ending with a line feed.
   *
   * @param methods what to print
   */
  public static String machineOutput(MethodsRecord methods) {
    return Json.print(MethodsJson.of(methods));
  }

  /**
   * Writes the figures of a comparison of methods with their provenance.
   *
   * @param methods what to write
   * @param file is replaced as a whole or not at all
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void writeJson(MethodsRecord methods, Path file) {
    write(Json.print(MethodsJson.of(methods)), file);
  }

  /**
   * Writes the page of a comparison of methods, which needs no network and no script.
   *
   * @param methods what to show
   * @param file is replaced as a whole or not at all
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void writeReport(MethodsRecord methods, Path file) {
    write(MethodsReport.of(methods), file);
  }

  private static void write(String text, Path file) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
