/**
 * Evidence for those who must answer for a model: the machine output of an audit or a repair,
 * {@code evidence.json} with every number and where it comes from, and {@code report.html}, one
 * self-contained page for readers who do not program.
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
