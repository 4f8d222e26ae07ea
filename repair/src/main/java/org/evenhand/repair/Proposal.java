package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Change;

/**
 * A repair that has been found but neither measured on unseen rows nor written.
 *
 * @param method what proposed it
 * @param attributes names of the attributes whose bias it repairs
 * @param variant which form of the method it is
 * @param settings what that form was set to
 * @param why it was chosen, in one or two sentences
 * @param candidates what it was chosen from, with figures of rows that each was not fitted on: the
 *     predicted change; empty if there was no choice
 * @param change what it changes
 * @param alternatives other changes of the same model, to be measured beside it
 * @param details what the method has to say of it
 * @param warnings what the user must know about the rows that it was fitted on, one sentence each
 * @param cautions what a reader must know before relying on repairs of this method
 * @param declined why the method advises against it; empty if it does not
 */
public record Proposal(
    Method method,
    List<String> attributes,
    Variant variant,
    List<Fact> settings,
    String why,
    Optional<FactTable> candidates,
    Change change,
    List<Alternative> alternatives,
    List<Detail> details,
    List<String> warnings,
    List<String> cautions,
    Optional<String> declined) {
  /** Copies the lists. */
  public Proposal {
    attributes = List.copyOf(attributes);
    settings = List.copyOf(settings);
    alternatives = List.copyOf(alternatives);
    details = List.copyOf(details);
    warnings = List.copyOf(warnings);
    cautions = List.copyOf(cautions);
  }

  /**
   * A form of a method: an estimator, an update rule.
   *
   * @param kind what forms of this method are called, such as {@code estimator}
   * @param code the short name on the command line and in machine output
   * @param title in words
   * @param label the name of its figures beside those of the alternatives
   */
  public record Variant(String kind, String code, String title, String label) {}

  /**
   * Another change that could have been proposed.
   *
   * @param label the name of its figures
   * @param meaning what it aims at
   * @param change of the same model
   */
  public record Alternative(String label, String meaning, Change change) {}

  /**
   * The same with a reason against it.
   *
   * @param reason in one sentence
   */
  public Proposal decline(String reason) {
    return new Proposal(
        method,
        attributes,
        variant,
        settings,
        why,
        candidates,
        change,
        alternatives,
        details,
        warnings,
        cautions,
        Optional.of(reason));
  }
}
