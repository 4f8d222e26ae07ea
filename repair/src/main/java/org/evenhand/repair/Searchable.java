package org.evenhand.repair;

import java.util.List;
import org.evenhand.core.EvenhandException;

/** A method with several forms that knows how each does on rows that it was not fitted on. */
public interface Searchable extends Repair {
  /**
   * The forms of the method.
   *
   * @param task rows with the deployed model's answers to them
   * @throws EvenhandException if the task lacks what the method needs
   */
  List<Candidate> candidates(RepairTask task);
}
