package org.evenhand.experiments;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/** A method whose forms are judged once, however many searches ask; for one task. */
final class RememberedForms implements Searchable {
  private final Searchable method;
  private final List<Candidate> candidates = new ArrayList<>();

  RememberedForms(Searchable method) {
    this.method = method;
  }

  @Override
  public Method method() {
    return method.method();
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    if (candidates.isEmpty()) {
      candidates.addAll(method.candidates(task));
    }
    return candidates;
  }

  @Override
  public Proposal propose(RepairTask task) {
    return method.propose(task);
  }
}
