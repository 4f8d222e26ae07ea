package org.evenhand.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.ProbabilityColumns;
import org.evenhand.data.UnknownValues;

/**
 * Which columns of a table say what of a row.
 *
 * @param target the column of true classes; empty where nobody knows them
 * @param attributes protected attributes with columns of their own; a name such as {@code race,sex}
 *     crosses several. May be empty where something else names attributes
 * @param probabilities protected attributes of which columns hold the probability of every value
 * @param bands the ranges in which attributes of numbers are told apart
 * @param unknown values of attributes that stand for an unknown one
 * @param control the column within whose levels selection rates are compared; numbers need bands
 * @param weights the column of frequency weights; if empty, every row counts once
 */
public record Roles(
    Optional<String> target,
    List<String> attributes,
    List<ProbabilityColumns> probabilities,
    List<Bands> bands,
    UnknownValues unknown,
    Optional<String> control,
    Optional<String> weights) {
  /** Copies the lists. */
  public Roles {
    attributes = List.copyOf(attributes);
    probabilities = List.copyOf(probabilities);
    bands = List.copyOf(bands);
  }

  /**
   * Rows that all count once, with attributes in columns of their own.
   *
   * @param target the column of true classes
   * @param attributes the protected attributes
   */
  public static Roles of(String target, List<String> attributes) {
    return new Roles(
        Optional.of(target),
        attributes,
        List.of(),
        List.of(),
        UnknownValues.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The column of true classes.
   *
   * @throws WorkflowException if there is none
   */
  public String requiredTarget() {
    return target.orElseThrow(
        () ->
            new WorkflowException(
                "Without true classes only decisions can be audited; name the column of true classes.",
                Setting.TARGET));
  }

  /** The protected attributes' names, those with columns of their own first. */
  public List<String> attributeNames() {
    return Stream.concat(
            attributes.stream(), probabilities.stream().map(ProbabilityColumns::attribute))
        .toList();
  }

  /**
   * The columns that show a protected attribute; a crossed one has several.
   *
   * @param known the names of the available columns
   */
  public Set<String> attributeColumns(Collection<String> known) {
    return Stream.concat(
            attributes.stream().map(name -> Labels.columns(name, known)),
            probabilities.stream().map(ProbabilityColumns::columns))
        .flatMap(List::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Refuses bands of a column that is no attribute.
   *
   * @param more columns of attributes beside these
   * @throws org.evenhand.data.DataException if there are any
   */
  public void requireBandsOfAttributes(List<String> more) {
    // Whether a name with a comma is a column or crosses several is known with the table only.
    Bands.requireAmong(
        Stream.of(attributes, more, control.stream().toList())
            .flatMap(List::stream)
            .flatMap(name -> Stream.concat(Stream.of(name), Arrays.stream(name.split(","))))
            .map(String::strip)
            .toList(),
        bands);
  }

  /** The levels of the control, if there is one. */
  Optional<Attribute> levels(Table table) {
    return control.map(column -> Labels.attribute(table, column, bands));
  }

  private boolean isAttribute(Bands those) {
    return attributes.stream()
        .flatMap(name -> Stream.concat(Stream.of(name), Arrays.stream(name.split(","))))
        .anyMatch(name -> name.strip().equals(those.column()));
  }

  /**
   * How the rows' labels are read from them.
   *
   * @param more columns of attributes beside these
   * @throws org.evenhand.data.DataException if a column has two roles, or there is no attribute
   */
  Labelling labelling(List<String> more) {
    return new Labelling(
        target,
        Stream.concat(
                attributes.stream(),
                more.stream().filter(column -> !attributeNames().contains(column)))
            .toList(),
        Optional.empty(),
        weights,
        probabilities,
        bands.stream()
            .filter(those -> !control.equals(Optional.of(those.column())) || isAttribute(those))
            .toList(),
        unknown);
  }
}
