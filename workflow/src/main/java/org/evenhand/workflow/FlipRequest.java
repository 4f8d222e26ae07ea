package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.data.Counterpart;

/**
 * Which rows get counterparts that differ in a protected attribute.
 *
 * @param columns the attributes, each by itself; they are audited too
 * @param ranksAll whether every column of few values that the model reads is ranked besides
 * @param to what a column's values become; by default the most frequent other one
 * @param pairing where the counterparts come from
 * @param delta δ, counterfactual bias that is tolerated, at least 0 and below 1
 */
public record FlipRequest(
    List<String> columns,
    boolean ranksAll,
    Map<String, Counterpart> to,
    Pairing pairing,
    double delta) {
  /** No counterparts. */
  public static final FlipRequest NONE = of(List.of());

  /** Where counterparts come from. */
  public sealed interface Pairing {
    /**
     * A row's own columns with another value of the attribute.
     *
     * @param links a file that says which columns follow a flip
     */
    record Flipped(Optional<Path> links) implements Pairing {}

    /** A random row of the same class and another value. */
    record OtherRows() implements Pairing {}

    /**
     * A file that lists both rows of every pair.
     *
     * @param file CSV with {@code factual,counterfactual}
     * @param key the column by which it names rows; by default their numbers, from 1
     */
    record Listed(Path file, Optional<String> key) implements Pairing {}
  }

  /**
   * @throws WorkflowException if a column is named twice, or rows are to be paired for more or
   *     fewer than one
   */
  public FlipRequest {
    columns = List.copyOf(columns);
    to = Map.copyOf(to);
    if (columns.stream().distinct().count() < columns.size()) {
      throw new WorkflowException("The same column is to be flipped twice; name it once.");
    }
    if (!(pairing instanceof Pairing.Flipped) && (columns.size() != 1 || ranksAll)) {
      throw new WorkflowException("Pairs of rows are pairs of one attribute; name one.");
    }
  }

  /**
   * The most frequent other value, with nothing that follows it.
   *
   * @param columns the attributes
   */
  public static FlipRequest of(List<String> columns) {
    return new FlipRequest(
        columns, false, Map.of(), new Pairing.Flipped(Optional.empty()), CounterfactualAudit.DELTA);
  }

  /**
   * The same with another value for a column.
   *
   * @param column one of the columns
   * @param value what its values become
   */
  public FlipRequest with(String column, Counterpart value) {
    Map<String, Counterpart> all = new HashMap<>(to);
    all.put(column, value);
    return new FlipRequest(columns, ranksAll, all, pairing, delta);
  }

  /** Whether there are any counterparts. */
  public boolean isGiven() {
    return ranksAll || !columns.isEmpty();
  }

  /** Whether rows are paired and not flipped. */
  public boolean pairsRows() {
    return !(pairing instanceof Pairing.Flipped);
  }

  /** Files that the pairs come from, which must not be overwritten. */
  public List<Path> files() {
    return Stream.concat(links().stream(), listed().map(Pairing.Listed::file).stream()).toList();
  }

  Optional<Path> links() {
    return pairing instanceof Pairing.Flipped flipped ? flipped.links() : Optional.empty();
  }

  Optional<Pairing.Listed> listed() {
    return pairing instanceof Pairing.Listed listed ? Optional.of(listed) : Optional.empty();
  }

  Counterpart counterpart(String column) {
    return to.getOrDefault(column, new Counterpart.MostFrequent());
  }
}
