package org.evenhand.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.ProbabilityColumns;

/**
 * Which columns of a table say what of a row.
 *
 * @param target the column of true classes
 * @param attributes protected attributes with columns of their own; a name such as {@code race,sex}
 *     crosses several. May be empty where something else names attributes
 * @param probabilities protected attributes of which columns hold the probability of every value
 * @param bands the ranges in which attributes of numbers are told apart
 * @param weights the column of frequency weights; if empty, every row counts once
 */
public record Roles(
    String target,
    List<String> attributes,
    List<ProbabilityColumns> probabilities,
    List<Bands> bands,
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
    return new Roles(target, attributes, List.of(), List.of(), Optional.empty());
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
        Stream.concat(attributes.stream(), more.stream())
            .flatMap(name -> Stream.concat(Stream.of(name), Arrays.stream(name.split(","))))
            .map(String::strip)
            .toList(),
        bands);
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
        bands);
  }
}
