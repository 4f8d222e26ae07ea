package org.evenhand.repair;

import org.evenhand.core.EvenhandException;

/**
 * A way to repair a deployed model without retraining it.
 *
 * <p>A repair is found, measured and written in three steps. This is the first: the method learns
 * from the rows of the task and from nothing else, changes no model, and hands back a proposal. The
 * same task gives the same proposal, whatever the number of threads.
 *
 * <pre>{@code
 * Proposal proposal = repair.propose(RepairTask.of(calibration, answers, List.of("race")));
 * Unseen unseen = Unseen.of("test", test, model.answer(test.inputs()), AuditSettings.DEFAULT);
 * Measured measured = Measured.of(proposal, model, unseen);
 * ChangeWriter.write(model, proposal.change(), rule, Map.of(), Path.of("fair.onnx"));
 * }</pre>
 */
public interface Repair {
  /** What the method is and what it needs. */
  Method method();

  /**
   * Finds a repair.
   *
   * @param task rows with the deployed model's answers to them
   * @throws EvenhandException if the task lacks what the method needs, or its rows do not determine
   *     a repair
   */
  Proposal propose(RepairTask task);
}
