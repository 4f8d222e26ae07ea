package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.core.Setting;
import org.evenhand.core.Spelling;
import org.evenhand.core.Target;

/** Refuses what cannot be audited, in sentences for the user. */
final class AuditChecks {
  private AuditChecks() {}

  static void requireMatching(LabelledSet set, Answers answers, AuditSettings settings) {
    if (IntStream.range(0, set.rows()).noneMatch(row -> set.weights()[row] > 0)) {
      throw new AuditException("There are no rows to audit; check the split and the weights.");
    }
    requireAnswers(set.target(), answers);
    List<String> classes = set.target().classes().names();
    settings
        .favourable()
        .filter(
            name ->
                !name.equals(AuditSettings.NO_CLASS)
                    && set.target().classes().indexOf(name).isEmpty())
        .ifPresent(
            name -> {
              throw new AuditException(
                  set.target().known()
                      ? "The favourable class '%s' is not a class of target '%s'; its classes are %s.%s"
                          .formatted(
                              name,
                              set.target().name(),
                              classes,
                              Spelling.question(name, set.target().classes().names()))
                      : "The favourable class '%s' is never decided; the classes are %s."
                          .formatted(name, classes));
            });
  }

  /**
   * What the weights mean, which has to be said unless all are 1: intervals differ by it, and a
   * wrong guess makes them too narrow.
   */
  static WeightKind requireKind(LabelledSet set, AuditSettings settings) {
    if (settings.weights().isEmpty()
        && Arrays.stream(set.weights()).anyMatch(weight -> weight != 1)) {
      throw new AuditException(
          "The rows have weights, but what they mean is not said; say whether they are frequencies (a row of weight 2 is two equal rows) or sampling weights (it is one row that stands for two).");
    }
    return settings.weights().orElse(WeightKind.FREQUENCY);
  }

  /** One answer per row, between the target's classes. */
  static void requireAnswers(Target target, Answers answers) {
    if (answers.rows() != target.codes().length) {
      throw new AuditException(
          "The classifier answered %d rows, but %d rows were to be audited."
              .formatted(answers.rows(), target.codes().length));
    }
    if (!answers.classes().equals(target.classes())) {
      throw new AuditException(
          "The classifier decides between %s, but target '%s' has the classes %s; name the same classes in the same order."
              .formatted(answers.classes().names(), target.name(), target.classes().names()));
    }
  }

  /** A reference is given for attributes that are audited. */
  static void requireReferredAttributes(LabelledSet set, AuditSettings settings) {
    List<String> audited = set.attributes().stream().map(Attribute::name).toList();
    for (String name : settings.references().keySet()) {
      if (!audited.contains(name)) {
        throw new AuditException(
            "A reference is given for attribute '%s', which is not audited; the attributes are %s."
                .formatted(name, audited));
      }
    }
  }

  /** The reference, if one is given, is a value that audited rows have. */
  static void requireReference(Attribute attribute, AuditSettings settings) {
    String value = settings.references().get(attribute.name());
    if (value != null && !attribute.values().contains(value)) {
      throw new AuditException(
          "The reference '%s' is not a value of attribute '%s' among the audited rows; their values are %s.%s"
              .formatted(
                  value,
                  attribute.name(),
                  attribute.values(),
                  Spelling.question(value, attribute.values())));
    }
  }

  /** A handful of rows whose value is known says nothing about all the others. */
  static void requireKnown(Members members, AuditSettings settings) {
    double known = members.known();
    if (members.unknown() > 0 && known < settings.minGroupSize()) {
      throw new AuditException(
          String.format(
              Locale.ROOT,
              "Attribute '%s' is known for only %.0f of %.0f rows; an audit needs at least %d, so add the missing values.",
              members.attribute().name(),
              known,
              known + members.unknown(),
              settings.minGroupSize()),
          Setting.MIN_GROUP_SIZE);
    }
  }

  /** Gaps need two classes or more and two values or more among the rows. */
  static void requireVariety(ConfusionTable table, Target target, Attribute attribute) {
    int[] classes =
        IntStream.range(0, table.classes())
            .filter(t -> IntStream.range(0, table.values()).anyMatch(b -> table.rows(t, b) > 0))
            .toArray();
    if (classes.length == 1) {
      throw new AuditException(
          "Every row has %s = %s; an audit needs rows of at least two classes."
              .formatted(target.name(), target.classes().names().get(classes[0])));
    }
    requireTwoValues(table, attribute);
  }

  /** Comparisons need two values or more among the rows. */
  static void requireTwoValues(ConfusionTable table, Attribute attribute) {
    int[] values =
        IntStream.range(0, table.values())
            .filter(b -> IntStream.range(0, table.classes()).anyMatch(t -> table.rows(t, b) > 0))
            .toArray();
    if (values.length == 1) {
      throw new AuditException(
          "Every row has %s = %s; an audit compares at least two values."
              .formatted(attribute.name(), attribute.values().get(values[0])));
    }
  }
}
