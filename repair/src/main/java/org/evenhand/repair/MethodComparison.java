package org.evenhand.repair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Answers;
import org.evenhand.core.CorrectedHead;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EvenhandException;

/**
 * Several methods on the same rows, each by the form that is best on calibration rows.
 *
 * <p>Which form stands for a method, and what is recommended, is decided on calibration rows as in
 * {@link RepairSearch}; the rows that all are measured on decide nothing.
 *
 * <pre>{@code
 * MethodComparison comparison =
 *     MethodComparison.of(methods, SearchLimits.DEFAULT, task, deployed, unseen, goals);
 * comparison.recommended();
 * }</pre>
 *
 * @param attributes names of the attributes whose bias is to be repaired
 * @param limits within which a search may choose
 * @param measuredOn name of the rows that all are measured on
 * @param deployed audit of the deployed model on them
 * @param contenders the methods that apply, in the order in which they were named
 * @param inapplicable the others, with the reason
 * @param recommended what a search would propose; empty if it recommends to do nothing
 * @param why in one sentence
 * @param searched every form, by calibration rows that it was not fitted on
 * @param details of the search
 */
public record MethodComparison(
    List<String> attributes,
    SearchLimits limits,
    String measuredOn,
    AuditResult deployed,
    List<Contender> contenders,
    Map<Method, String> inapplicable,
    Optional<Method> recommended,
    String why,
    List<SearchedForm> searched,
    List<Detail> details) {
  /** Serving is timed until it has taken so long, in nanoseconds. */
  private static final long TIMED = 50_000_000;

  /** Copies the collections. */
  public MethodComparison {
    attributes = List.copyOf(attributes);
    contenders = List.copyOf(contenders);
    inapplicable = Collections.unmodifiableMap(new LinkedHashMap<>(inapplicable));
    searched = List.copyOf(searched);
    details = List.copyOf(details);
  }

  /**
   * Fits and measures every method.
   *
   * @param methods in the order in which ties are broken
   * @param limits within which a search may choose
   * @param task the calibration rows with the deployed model's answers
   * @param deployed the model
   * @param unseen rows that all are measured on
   * @param goals by which each is judged there
   * @throws RepairException if no method applies
   */
  public static MethodComparison of(
      List<? extends Repair> methods,
      SearchLimits limits,
      RepairTask task,
      DeployedModel deployed,
      Unseen unseen,
      RepairGoals goals) {
    // Those that need more access than is allowed are shown too; they are not recommended.
    TriedMethods tried =
        TriedMethods.of(List.copyOf(methods), limits.withAccess(Access.ATTRIBUTE), task);
    SearchChoice choice = SearchChoice.of(tried, limits, task);
    SearchTables tables = new SearchTables(choice);
    AuditResult before = Measured.before(deployed, unseen);
    Map<Method, String> inapplicable = new LinkedHashMap<>(tried.inapplicable());
    List<Contender> contenders = new ArrayList<>();
    task.progress().step("measuring methods", 0, tried.methods().size());
    for (Method method : tried.methods()) {
      int form = choice.standsFor(method);
      Candidate candidate = tried.candidates().get(form);
      try {
        long begun = System.nanoTime();
        Proposal proposal = candidate.proposal().get();
        double seconds =
            tried.seconds().getOrDefault(method, 0.0) + (System.nanoTime() - begun) / 1e9;
        Measured measured = Measured.of(proposal, deployed, unseen, before);
        contenders.add(
            new Contender(
                method,
                candidate.form(),
                choice.within(form),
                choice.isConstant(form),
                measured,
                RepairJudgement.of(proposal, measured, goals),
                seconds,
                servingMicroseconds(proposal, unseen)));
      } catch (EvenhandException e) {
        inapplicable.put(method, String.valueOf(e.getMessage()));
      }
      task.progress().step("measuring methods", contenders.size(), tried.methods().size());
    }
    return new MethodComparison(
        task.attributes(),
        limits,
        unseen.name(),
        before,
        contenders,
        inapplicable,
        choice.chosen().isPresent()
            ? Optional.of(tried.candidates().get(choice.chosen().getAsInt()).method())
            : Optional.empty(),
        choice.chosen().isPresent() ? tables.why(choice.shown()) : tables.whyNothing(),
        tables.points(),
        List.of(tables.worth(), tables.all()));
  }

  private static double servingMicroseconds(Proposal proposal, Unseen unseen) {
    // An edited last layer costs what the old one did.
    Optional<Correction> after =
        proposal.change() instanceof Correction correction
            ? Optional.of(correction)
            : proposal.change() instanceof CorrectedHead both
                ? Optional.of(both.correction())
                : Optional.empty();
    if (after.isEmpty() || !(unseen.answers() instanceof Answers.Soft answers)) {
      return 0;
    }
    long fastest = Long.MAX_VALUE;
    for (long spent = 0; spent < TIMED; ) {
      long begun = System.nanoTime();
      after.get().apply(answers, unseen.rows().inputs());
      long took = System.nanoTime() - begun;
      fastest = Math.min(fastest, took);
      spent += took;
    }
    return fastest / 1e3 / unseen.rows().rows();
  }

  /**
   * Whether a search may choose it: its figures on calibration rows are within the limits, and it
   * needs no more access than is allowed.
   *
   * @param contender one of them
   */
  public boolean mayBeChosen(Contender contender) {
    return contender.withinLimits() && limits.access().allows(contender.method());
  }

  /**
   * Whether the deployed model or another method is at least as good in overall accuracy and in
   * {@linkplain #bias bias} by every repaired attribute, better in one of them, needs no more
   * access, and does not decide one class for everybody.
   *
   * @param contender one of them
   */
  public boolean isDominated(Contender contender) {
    double[] mine = losses(contender.measured().after());
    return beats(losses(deployed), mine)
        || contenders.stream()
            .filter(other -> !other.constant())
            .filter(other -> other.method().access().compareTo(contender.method().access()) <= 0)
            .anyMatch(other -> beats(losses(other.measured().after()), mine));
  }

  private static boolean beats(double[] one, double[] other) {
    boolean better = false;
    for (int i = 0; i < one.length; i++) {
      if (!(one[i] <= other[i])) {
        return false;
      }
      better |= one[i] < other[i];
    }
    return better;
  }

  /** Accuracy with the sign turned, and biases: lower is better. */
  private double[] losses(AuditResult after) {
    return DoubleStream.concat(
            DoubleStream.of(-value(after.overallAccuracy())),
            attributes.stream()
                .flatMap(name -> bias(after, name).stream())
                .mapToDouble(MethodComparison::value))
        .toArray();
  }

  /**
   * The {@linkplain Aim#bias bias} that is set against accuracy.
   *
   * @param audit of the deployed model or of a contender
   * @param attribute one of the repaired ones
   * @return empty if it was not measured by that attribute
   */
  public Optional<Estimate> bias(AuditResult audit, String attribute) {
    AttributeAudit of = audit.attribute(attribute);
    return limits.aim().bias() == Aim.COUNTERFACTUAL_BIAS
        ? of.counterfactualBias().map(CounterfactualBias::judged)
        : Optional.of(of.modelBias().estimate());
  }

  private static double value(Estimate estimate) {
    return estimate instanceof Estimate.Known known ? known.value() : Double.NaN;
  }
}
