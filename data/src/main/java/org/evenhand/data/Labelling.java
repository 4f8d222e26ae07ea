package org.evenhand.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;

/**
 * Which of a table's columns say what is true of a row.
 *
 * <pre>{@code
 * LabelledSet set = Labelling.of("two_year_recid", "race").withClasses(model.classes()).apply(table);
 * }</pre>
 *
 * @param target the column of true classes; if empty, nobody knows them, and the classes are given
 * @param attributes the columns of protected attributes, at least one
 * @param classes the classes that the target's values are matched with; if empty, those that occur
 * @param weights the column of frequency weights; if empty, every row counts once
 * @param probabilities further attributes, of which columns hold the probability of every value
 * @param bands the ranges in which attributes of numbers are told apart
 * @param unknown values of attributes that stand for an unknown one
 */
public record Labelling(
    Optional<String> target,
    List<String> attributes,
    Optional<Classes> classes,
    Optional<String> weights,
    List<ProbabilityColumns> probabilities,
    List<Bands> bands,
    UnknownValues unknown) {
  /**
   * @throws DataException if there is no attribute, one is named twice, or a column has two roles
   */
  public Labelling {
    attributes = List.copyOf(attributes);
    probabilities = List.copyOf(probabilities);
    bands = List.copyOf(bands);
    if (attributes.isEmpty() && probabilities.isEmpty()) {
      throw new DataException("Name at least one protected attribute.");
    }
    Set<String> roles = new HashSet<>();
    target.ifPresent(roles::add);
    for (String attribute : attributes) {
      requireNew(roles, attribute);
    }
    weights.ifPresent(column -> requireNew(roles, column));
    for (ProbabilityColumns attribute : probabilities) {
      requireNew(roles, attribute.attribute());
    }
  }

  private static void requireNew(Set<String> roles, String column) {
    if (!roles.add(column)) {
      throw new DataException(
          "Column '%s' is named twice; target, protected attributes and weights are different columns."
              .formatted(column));
    }
  }

  /**
   * Classes as they occur in the target, every row counting once.
   *
   * @param target the column of true classes
   * @param attributes the columns of protected attributes, at least one
   */
  public static Labelling of(String target, List<String> attributes) {
    return new Labelling(
        Optional.of(target),
        attributes,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        UnknownValues.NONE);
  }

  /**
   * The same with the model's classes.
   *
   * @param classes what the target's values are matched with
   */
  public Labelling withClasses(Classes classes) {
    return new Labelling(
        target, attributes, Optional.of(classes), weights, probabilities, bands, unknown);
  }

  /**
   * The same with frequency weights.
   *
   * @param column a numeric column
   */
  public Labelling withWeights(String column) {
    return new Labelling(
        target, attributes, classes, Optional.of(column), probabilities, bands, unknown);
  }

  /**
   * The same with attributes that are known by probabilities.
   *
   * @param further attributes beside those that have columns of their own
   */
  public Labelling withProbabilities(List<ProbabilityColumns> further) {
    return new Labelling(target, attributes, classes, weights, further, bands, unknown);
  }

  /**
   * The same with attributes of numbers told apart by ranges.
   *
   * @param ranges at most one per column, each of which is an attribute or part of a crossed one
   */
  public Labelling withBands(List<Bands> ranges) {
    return new Labelling(target, attributes, classes, weights, probabilities, ranges, unknown);
  }

  /**
   * The labelled rows of a table. Their inputs are the table without the target and the weights,
   * which a classifier must not see.
   *
   * @param table all rows, before they are split: rows in messages count from its first
   * @throws DataException if a column does not hold what it is taken for, has bands twice, or has
   *     bands and is no attribute
   * @throws org.evenhand.core.CoreException if a column is not there
   */
  public LabelledSet apply(Table table) {
    List<String> columns = attributeColumns(table);
    Bands.requireAmong(columns, bands);
    Target labels = target(table);
    Table shown = unknown.blank(table, columns);
    List<Attribute> groups =
        Stream.concat(
                attributes.stream().map(column -> Labels.attribute(shown, column, bands)),
                probabilities.stream().map(attribute -> attribute.of(table)))
            .toList();
    Set<String> hidden = new HashSet<>();
    target.ifPresent(hidden::add);
    weights.ifPresent(hidden::add);
    Table inputs = table.without(hidden);
    return weights
        .map(column -> new LabelledSet(inputs, labels, groups, Labels.weights(table, column)))
        .orElseGet(() -> LabelledSet.of(inputs, labels, groups));
  }

  /**
   * What a reader should know about the attributes' values: those that look like missing ones, and
   * those that differ from another only in case or blanks.
   *
   * @param table as above
   */
  public List<String> notes(Table table) {
    List<String> columns = attributeColumns(table);
    Table shown = unknown.blank(table, columns);
    return columns.stream()
        .distinct()
        .map(shown::column)
        .filter(TextColumn.class::isInstance)
        .flatMap(column -> SuspectValues.notes((TextColumn) column).stream())
        .toList();
  }

  private List<String> attributeColumns(Table table) {
    return attributes.stream()
        .flatMap(name -> Labels.columns(name, table.names()).stream())
        .toList();
  }

  private Target target(Table table) {
    if (target.isEmpty()) {
      return Target.unknown(
          classes.orElseThrow(
              () -> new DataException("Without a column of true classes, name the classes.")),
          table.rows());
    }
    return classes
        .map(known -> Labels.target(table, target.get(), known))
        .orElseGet(() -> Labels.target(table, target.get()));
  }
}
