package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Provenance;

/**
 * What editing a model's head did and how it was judged (Fast Model Debias).
 *
 * @param choice the update rule and what it was compared with
 * @param before the deployed model's audit, with the counterfactual bias of every flipped attribute
 * @param after the same of the edited model, on the same rows; measured even if the edit is
 *     declined
 * @param measuredOn name of the rows that the audits saw, none of them used before
 * @param rows what the edit was made from
 * @param edit which numbers of the model changed, and by how much
 * @param flips how many decisions changed, one a value of each attribute
 * @param declined why the edit is not offered; empty if it is
 * @param outputs the files written, with their hashes: {@code model}
 * @param cautions what a reader must know beyond the cautions that hold for every repair
 */
public record UnlearningRecord(
    Choice choice,
    AuditResult before,
    AuditResult after,
    String measuredOn,
    Rows rows,
    Edit edit,
    List<RepairRecord.Flips> flips,
    Optional<String> declined,
    List<Provenance.Artefact> outputs,
    List<String> cautions)
    implements ModelChange {
  /** Copies the lists. */
  public UnlearningRecord {
    flips = List.copyOf(flips);
    outputs = List.copyOf(outputs);
    cautions = List.copyOf(cautions);
  }

  @Override
  public String command() {
    return "unlearn";
  }

  @Override
  public Optional<AuditResult> measuredAfter() {
    return Optional.of(after);
  }

  @Override
  public List<AuditResult> audits() {
    return List.of(before, after);
  }

  /**
   * The update rule and how it was chosen.
   *
   * @param update its code, as on the command line
   * @param title its name in words
   * @param settings ridge, step and stopping, chosen on pairs that it was not fitted to
   * @param biasBefore counterfactual bias of the deployed head on those pairs, 0 to 1
   * @param accuracyBefore its accuracy on the rows to check, 0 to 1
   * @param candidates every rule's best setting, the chosen one among them
   */
  public record Choice(
      String update,
      String title,
      String settings,
      double biasBefore,
      double accuracyBefore,
      List<Candidate> candidates) {
    /** Copies the list. */
    public Choice {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * A rule's best setting, judged on pairs and rows that it was not fitted to.
   *
   * @param update its code
   * @param title its name in words
   * @param settings what it was set to
   * @param bias counterfactual bias, 0 to 1
   * @param accuracy on the rows to check, 0 to 1
   * @param chosen whether it is the one
   */
  public record Candidate(
      String update, String title, String settings, double bias, double accuracy, boolean chosen) {}

  /**
   * What the edit was made from.
   *
   * @param hessianFrom name of the rows that the curvature of the training loss comes from; {@code
   *     train} if they are those that the model was trained on
   * @param hessianRows how many, weighted
   * @param pairs counterfactual pairs, weighted
   * @param checkRows further rows on which accuracy was checked; 0 if the pairs' members were
   */
  public record Rows(String hessianFrom, double hessianRows, double pairs, double checkRows) {}

  /**
   * What changed in the model, with the numerical certificate.
   *
   * @param layer the layer in the model's own words
   * @param tensors the names of the tensors whose numbers changed
   * @param parameters how many numbers may have changed
   * @param change the norm of their change
   * @param relativeChange that norm in norms of the deployed weights
   * @param predictedBiasChange of the bias on the pairs, to first order
   * @param ridge added to the Hessian's diagonal, in mean squares of a feature
   * @param conditionNumber of the damped Hessian
   * @param gradientResidual gradient of the edit's objective left over, relative to the start
   * @param trainingGradient norm of the mean training gradient at the deployed head
   */
  public record Edit(
      String layer,
      List<String> tensors,
      int parameters,
      double change,
      double relativeChange,
      double predictedBiasChange,
      double ridge,
      double conditionNumber,
      double gradientResidual,
      double trainingGradient) {
    /** Copies the list. */
    public Edit {
      tensors = List.copyOf(tensors);
    }
  }
}
