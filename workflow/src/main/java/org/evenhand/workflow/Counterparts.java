package org.evenhand.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.data.Counterpart;
import org.evenhand.data.Flip;
import org.evenhand.data.Labels;
import org.evenhand.data.LinkedColumns;
import org.evenhand.data.OtherRows;
import org.evenhand.data.PairFile;
import org.evenhand.repair.Twins;
import org.evenhand.workflow.FlipRequest.Pairing;

/** Gives rows counterparts that differ in a protected attribute. */
public final class Counterparts {
  private static final int MOST_RANKED_VALUES = 20;

  private final FlipRequest request;
  private final LinkedColumns links;

  private Counterparts(FlipRequest request, LinkedColumns links) {
    this.request = request;
    this.links = links;
  }

  /**
   * Reads which columns follow a flip.
   *
   * @param request which counterparts
   * @throws org.evenhand.data.DataException if that file cannot be read
   */
  public static Counterparts of(FlipRequest request) {
    return new Counterparts(
        request, request.links().map(LinkedColumns::read).orElse(LinkedColumns.NONE));
  }

  /** What was asked for. */
  public FlipRequest request() {
    return request;
  }

  /**
   * How many rows to make so many pairs of, so that the others are left to check accuracy on: a
   * flipped row is a pair, other rows find a partner of the same class only in part, and a list may
   * name any row.
   */
  int rowsForPairs(int wanted) {
    if (request.pairing() instanceof Pairing.Listed) {
      return Integer.MAX_VALUE;
    }
    return request.pairsRows() ? 3 * wanted : wanted;
  }

  /** The columns that must be read, beside the model's. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>(request.columns());
    request.listed().flatMap(Pairing.Listed::key).ifPresent(columns::add);
    for (LinkedColumns.Link link : links.links()) {
      columns.add(link.flip());
      columns.add(link.column());
    }
    return columns;
  }

  /**
   * Whether flipping a column, and those that follow it, can change what a model reads. Rows that
   * are paired and not flipped may differ anywhere.
   */
  boolean reaches(String column, List<InputColumn> modelInputs) {
    Set<String> changed = new HashSet<>(links.followers(column));
    changed.add(column);
    return request.pairsRows()
        || modelInputs.stream().anyMatch(input -> changed.contains(input.name()));
  }

  /**
   * Refuses a file of links that names columns or values which there are not.
   *
   * @param all every row
   */
  void requireLinks(LabelledSet all) {
    links.requireIn(all.inputs());
  }

  /**
   * The pairs of one of the flipped columns.
   *
   * @param column the attribute that differs
   * @param all every row, in the file's order, labelled with that attribute
   * @param rows the rows that get counterparts, such as those of a split
   * @param seed of the order of other rows
   */
  public CounterfactualPairs pairs(String column, LabelledSet all, int[] rows, long seed) {
    Optional<Pairing.Listed> listed = request.listed();
    if (listed.isPresent()) {
      return PairFile.read(listed.get().file()).pairs(all, rows, column, listed.get().key());
    }
    LabelledSet set = all.select(rows);
    Counterpart counterpart = request.counterpart(column);
    return request.pairsRows()
        ? OtherRows.pairs(set, column, counterpart, seed)
        : flip(column).pairs(set);
  }

  private Flip flip(String column) {
    return Flip.of(column).to(request.counterpart(column)).with(links);
  }

  /**
   * What some rows would be under another value of a flipped column, for a search.
   *
   * @param column the attribute that differs
   * @param all every row, in the file's order, labelled with that attribute
   * @param rows the rows to learn from
   * @param model is asked about the twins
   * @throws WorkflowException if it answers with labels only
   */
  Twins twins(String column, LabelledSet all, int[] rows, DeployedModel model) {
    requireLinks(all);
    LabelledSet set = all.select(rows);
    Flip flip = flip(column);
    CounterfactualPairs pairs = flip.pairs(set);
    if (model.answer(pairs.counterfactual().inputs()) instanceof Answers.Soft answers) {
      return new Twins(pairs, flip.rows(set), answers);
    }
    throw new WorkflowException(
        "Counterfactual bias is a change of probabilities, but the model answers with labels only. "
            + Answers.Hard.WAYS_TO_SCORES,
        Setting.OUTPUT);
  }

  /**
   * The columns to rank: those that the model reads and that have few values.
   *
   * @param set the rows that get counterparts
   */
  List<String> ranked(LabelledSet set, List<InputColumn> modelInputs) {
    return Flip.flippable(
        set.inputs(), modelInputs.stream().map(InputColumn::name).toList(), MOST_RANKED_VALUES);
  }

  /**
   * The pairs of a column to rank: each row gets a random other value.
   *
   * @param column one of {@link #ranked}
   * @param set the rows that get counterparts; need not be labelled with that attribute
   * @param seed of the values
   */
  CounterfactualPairs rankedPairs(String column, LabelledSet set, long seed) {
    Table inputs = set.inputs();
    List<Attribute> attribute = List.of(Labels.attribute(inputs, column));
    return Flip.of(column)
        .to(new Counterpart.RandomOther(seed))
        .with(links)
        .pairs(new LabelledSet(inputs, set.target(), attribute, set.weights()));
  }
}
