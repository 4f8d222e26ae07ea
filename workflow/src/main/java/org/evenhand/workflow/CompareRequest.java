package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.AuditSettings;
import org.evenhand.repair.Repair;
import org.evenhand.repair.SearchLimits;

/**
 * Which methods are compared on which models.
 *
 * @param models one or several, each with the rows that it is asked about
 * @param methods in the order in which ties are broken
 * @param limits within which one may be recommended
 * @param judgement of the audits
 * @param testFraction share of the rows that is held out to measure on where there are no test
 *     rows, strictly between 0 and 1
 * @param threads that may work at once; changes no figure
 * @param files where the result goes
 * @param overwrite whether files of these names may be replaced; else one stops the run before any
 *     work
 */
public record CompareRequest(
    List<RepairRequest.BlackBox> models,
    List<Repair> methods,
    SearchLimits limits,
    AuditSettings judgement,
    double testFraction,
    int threads,
    EvidenceFiles files,
    boolean overwrite) {
  /** Copies the lists. */
  public CompareRequest {
    models = List.copyOf(models);
    methods = List.copyOf(methods);
  }

  /** The files that are read, which must not be overwritten. */
  List<Path> inputs() {
    List<Path> inputs = new ArrayList<>();
    models.forEach(model -> inputs.addAll(model.files()));
    return inputs;
  }
}
