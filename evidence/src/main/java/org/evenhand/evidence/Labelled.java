package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditScope;
import org.evenhand.audit.AuditTables;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.ImpactTable;
import org.evenhand.audit.Judgement;
import org.evenhand.audit.LargestGap;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.TopShares;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.audit.WithinGaps;

/**
 * The figures of an audit as a page shows them: with labels in the places of classes and values. No
 * figure changes.
 *
 * @param presentation has the labels
 * @param audit has the names that are told apart
 */
record Labelled(Presentation presentation, AuditResult audit) {

  /** The audit with labels. */
  static AuditResult of(AuditResult audit, Presentation presentation) {
    return presentation.labels().isEmpty() ? audit : new Labelled(presentation, audit).result();
  }

  private AuditResult result() {
    return new AuditResult(
        audit.rows(),
        audit.classes(),
        classLabel(audit.favourable()),
        audit.overallAccuracy(),
        audit.attributes().stream().map(this::attribute).toList(),
        audit.settings(),
        audit.scoreBins(),
        audit.ranking().stream().map(bias -> pairs(bias, UnaryOperator.identity())).toList(),
        scope(),
        tables());
  }

  /** The label, with the name itself where another class has the same label. */
  String classLabel(String name) {
    return distinct(name, audit.classes().names(), presentation::classLabel);
  }

  /** The label, with the name itself where another value has the same label. */
  String valueLabel(String attribute, String value) {
    List<String> values =
        audit.attributes().stream()
            .filter(other -> other.attribute().equals(attribute))
            .flatMap(other -> other.values().stream())
            .map(ValueMetrics::value)
            .toList();
    return distinct(value, values, name -> presentation.valueLabel(attribute, name));
  }

  private static String distinct(String name, List<String> names, UnaryOperator<String> labels) {
    String label = labels.apply(name);
    boolean shared =
        names.stream()
            .filter(other -> !other.equals(name))
            .anyMatch(other -> labels.apply(other).equals(label));
    return shared ? "%s (%s)".formatted(label, name) : label;
  }

  private AttributeAudit attribute(AttributeAudit attribute) {
    UnaryOperator<String> value = name -> valueLabel(attribute.attribute(), name);
    return new AttributeAudit(
        attribute.attribute(),
        value.apply(attribute.reference()),
        attribute.averageGroupAccuracy(),
        attribute.worstGroupAccuracy(),
        attribute.modelBias(),
        new LargestGap(
            attribute.largestGap().estimate(),
            attribute
                .largestGap()
                .between()
                .map(
                    gap ->
                        new LargestGap.Between(
                            classLabel(gap.target()),
                            value.apply(gap.higher()),
                            value.apply(gap.lower())))),
        judgement(attribute.judgement()),
        new FourFifths(
            attribute.fourFifths().ratio(),
            attribute.fourFifths().state(),
            attribute.fourFifths().lowest().map(value),
            attribute.fourFifths().highest().map(value)),
        attribute.coverage(),
        attribute.groups().stream()
            .map(
                group ->
                    new GroupAccuracy(
                        classLabel(group.target()),
                        value.apply(group.attributeValue()),
                        group.n(),
                        group.correct(),
                        group.accuracy(),
                        group.judged()))
            .toList(),
        attribute.values().stream()
            .map(
                metrics ->
                    new ValueMetrics(
                        value.apply(metrics.value()), metrics.n(), metrics.estimates()))
            .toList(),
        attribute.counterfactualBias().map(bias -> pairs(bias, value)));
  }

  private Judgement judgement(Judgement judgement) {
    return new Judgement(
        judgement.verdict(),
        judgement.insufficiency(),
        judgement.pValue(),
        judgement.adjustedPValue(),
        presentation.inSentence(judgement.explanation()));
  }

  private CounterfactualBias pairs(CounterfactualBias bias, UnaryOperator<String> value) {
    return new CounterfactualBias(
        bias.attribute(),
        bias.relation(),
        bias.pairs(),
        bias.bias(),
        bias.groupGap(),
        bias.flippedDecisions(),
        bias.about().isEmpty() ? "" : classLabel(bias.about()),
        bias.directions().stream()
            .map(
                way ->
                    new CounterfactualBias.Direction(
                        value.apply(way.from()),
                        value.apply(way.to()),
                        way.n(),
                        way.change(),
                        way.flippedDecisions()))
            .toList(),
        bias.delta(),
        bias.verdict(),
        presentation.inSentence(bias.explanation()));
  }

  private AuditScope scope() {
    AuditScope scope = audit.scope();
    Optional<ScoreMeaning> scores =
        scope
            .scores()
            .map(
                meaning ->
                    new ScoreMeaning(
                        meaning.column(),
                        classLabel(meaning.about()),
                        meaning.scale(),
                        meaning.threshold()));
    return new AuditScope(
        scope.outcomes(),
        scope.rows(),
        scores,
        scope.notes().stream().map(presentation::inSentence).toList());
  }

  private AuditTables tables() {
    return new AuditTables(
        audit.tables().impact().stream().map(this::impact).toList(),
        audit.tables().top().stream().map(this::top).toList(),
        audit.tables().within().stream().map(this::within).toList());
  }

  private ImpactTable impact(ImpactTable table) {
    return new ImpactTable(
        table.attribute(),
        table.scoring(),
        table.categories().stream()
            .map(
                category ->
                    new ImpactTable.Category(
                        valueLabel(table.attribute(), category.value()),
                        category.n(),
                        category.share(),
                        category.rate(),
                        category.impactRatio(),
                        category.excluded()))
            .toList(),
        table.unknown(),
        table.excludeBelow());
  }

  private TopShares top(TopShares top) {
    return new TopShares(
        top.attribute(),
        valueLabel(top.attribute(), top.reference()),
        top.cuts().stream()
            .map(
                cut ->
                    new TopShares.Cut(
                        cut.share(),
                        cut.values().stream()
                            .map(
                                value ->
                                    new TopShares.Value(
                                        valueLabel(top.attribute(), value.value()),
                                        value.n(),
                                        value.selectionRate(),
                                        value.impactRatio()))
                            .toList()))
            .toList());
  }

  private WithinGaps within(WithinGaps gaps) {
    return new WithinGaps(
        gaps.attribute(),
        gaps.control(),
        valueLabel(gaps.attribute(), gaps.reference()),
        gaps.gaps().stream()
            .map(
                gap ->
                    new WithinGaps.Gap(
                        valueLabel(gaps.attribute(), gap.value()),
                        gap.gap(),
                        gap.levels(),
                        gap.covered()))
            .toList());
  }
}
