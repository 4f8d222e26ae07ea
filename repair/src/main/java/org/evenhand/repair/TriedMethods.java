package org.evenhand.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenhand.core.Correction;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.LabelledSet;

/**
 * The forms of several methods, each with decisions about rows that it was not fitted on.
 *
 * @param candidates the forms, by method in the order in which methods were named
 * @param inapplicable methods without a form, with the reason
 * @param seconds that each method took to find its forms
 */
record TriedMethods(
    List<Candidate> candidates, Map<Method, String> inapplicable, Map<Method, Double> seconds) {
  private static final int FOLDS = 5;

  /**
   * Tries them.
   *
   * @param methods in the order in which ties are broken
   * @param limits on what they may rely and how long they may take
   * @param task rows with the deployed model's answers to them
   * @throws RepairException if none applies, or rows need twins for the aim and have none
   */
  static TriedMethods of(List<Repair> methods, SearchLimits limits, RepairTask task) {
    if (limits.aim() == Aim.COUNTERFACTUAL_BIAS && task.twins().isEmpty()) {
      throw new RepairException(
          "To lower counterfactual bias a search must know what rows would be under another value of the attribute; flip it.");
    }
    List<Candidate> candidates = new ArrayList<>();
    Map<Method, String> inapplicable = new LinkedHashMap<>();
    Map<Method, Double> seconds = new LinkedHashMap<>();
    long start = System.nanoTime();
    task.progress().step("trying methods", 0, methods.size());
    for (int i = 0; i < methods.size(); i++) {
      Repair method = methods.get(i);
      long begun = System.nanoTime();
      try {
        requireAllowed(method.method(), limits, begun - start);
        candidates.addAll(judgeable(forms(method, task), limits));
        seconds.put(method.method(), (System.nanoTime() - begun) / 1e9);
      } catch (EvenhandException e) {
        inapplicable.put(method.method(), String.valueOf(e.getMessage()));
      }
      task.progress().step("trying methods", i + 1, methods.size());
    }
    if (candidates.isEmpty()) {
      throw new RepairException(
          "No method applies: %s"
              .formatted(
                  inapplicable.entrySet().stream()
                      .map(entry -> entry.getKey().code() + ": " + entry.getValue())
                      .reduce((a, b) -> a + " " + b)
                      .orElse("none was named.")));
    }
    return new TriedMethods(candidates, inapplicable, seconds);
  }

  private static void requireAllowed(Method method, SearchLimits limits, long nanoseconds) {
    if (!limits.access().allows(method)) {
      throw new RepairException(
          "it needs %s, and the access allowed is '%s'."
              .formatted(method.access().title(), limits.access().code()));
    }
    if (limits.timeBudget().filter(time -> nanoseconds > time.toNanos()).isPresent()) {
      throw new RepairException("the time allowed was over before it was begun.");
    }
  }

  private static List<Candidate> judgeable(List<Candidate> forms, SearchLimits limits) {
    if (limits.aim() == Aim.COUNTERFACTUAL_BIAS
        && forms.stream().anyMatch(form -> form.pairs().isEmpty())) {
      throw new RepairException("it does not say what it answers about rows' twins.");
    }
    return forms;
  }

  private static List<Candidate> forms(Repair method, RepairTask task) {
    return method instanceof Searchable searchable
        ? searchable.candidates(task)
        : List.of(crossFitted(method, task));
  }

  /** A method whose forms are its own affair, judged as a whole. */
  private static Candidate crossFitted(Repair method, RepairTask task) {
    Folds folds = folds(task);
    OutOfFold judged = new OutOfFold(task, task.decisionRule());
    for (int f = 0; f < folds.count(); f++) {
      if (!(method.propose(task.select(folds.outside(f))).change()
          instanceof Correction correction)) {
        throw new RepairException("it changes the model itself, which cannot be judged by folds.");
      }
      judged.note(folds.in(f), correction::apply);
    }
    return judged.candidate(method.method(), "", () -> method.propose(task));
  }

  /** Stratified by class and value. */
  static Folds folds(RepairTask task) {
    LabelledSet rows = task.rows();
    return Folds.stratified(
        Stream.concat(
                Stream.of(rows.target().codes()),
                task.attributes().stream().map(name -> rows.attribute(name).codes()))
            .toList(),
        FOLDS,
        task.seed());
  }

  /** The methods that have forms, in their order. */
  List<Method> methods() {
    return List.copyOf(seconds.keySet());
  }
}
