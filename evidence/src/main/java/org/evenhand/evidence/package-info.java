/**
 * Evidence for those who must answer for a model: the machine output of an audit or a repair,
 * {@code evidence.json} with every number and where it comes from, and {@code report.html}, one
 * self-contained page for readers who do not program.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>what is recorded: {@link Evidence}, {@link RepairRecord}, {@link ExplanationRecord};
 *   <li>files: {@link EvidencePack} writes all of them; {@link EvidenceJson} with {@link AuditJson}
 *       and {@link RepairJson}, {@link Report} with one class per section;
 *   <li>what methods have to say: {@link DetailJson} and {@link DetailHtml};
 *   <li>the page: {@link Page}, {@link Html}, {@link Charts}, {@link Numbers}.
 * </ul>
 *
 * <pre>{@code
 * Evidence evidence = new Evidence.Audit("evenhand audit --model m.onnx …", result, provenance);
 * EvidencePack.writeReport(evidence, Path.of("report.html"));
 * EvidencePack.writeJson(evidence, Map.of(), Path.of("evidence.json"));
 * System.out.print(EvidencePack.machineOutput(evidence, Map.of()));
 * }</pre>
 */
@NullMarked
package org.evenhand.evidence;

import org.jspecify.annotations.NullMarked;
