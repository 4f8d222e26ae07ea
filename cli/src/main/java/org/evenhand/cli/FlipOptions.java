package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Counterpart;
import org.evenhand.data.Flip;
import org.evenhand.data.Labels;
import org.evenhand.data.LinkedColumns;
import org.evenhand.data.OtherRows;
import org.evenhand.data.PairFile;
import picocli.CommandLine.Option;

/** How rows get counterparts that differ in a protected attribute. */
final class FlipOptions {
  /** Stands for every column that the model reads where a column is expected. */
  static final String ALL = "all";

  private static final String OTHER_ROWS = "other-rows";
  private static final String EVERY_OTHER = "every-other";
  private static final String RANDOM_OTHER = "random-other";
  private static final int MOST_RANKED_VALUES = 20;

  @Option(
      names = "--flip",
      paramLabel = "COLUMN",
      description =
          "A protected attribute to flip, asking the model how its answers change; may be given several times. 'all' ranks every column of 2 to 20 values that the model reads.")
  private List<String> flips = new ArrayList<>();

  @Option(
      names = "--flip-to",
      paramLabel = "VALUE",
      description =
          "What a column of many values is flipped to: VALUE (rows that have it get the most frequent other one), 'every-other' or 'random-other'; COLUMN=VALUE if several are flipped. By default the most frequent value.")
  private List<String> flipsTo = new ArrayList<>();

  @Option(
      names = "--flip-map",
      paramLabel = "FILE",
      description =
          "Columns that follow a flip: CSV with flip,flip_from,flip_to,column,from,to, such as sex,Male,Female,relationship,Husband,Wife.")
  private Optional<Path> map = Optional.empty();

  @Option(
      names = "--pairs",
      paramLabel = "FILE|other-rows",
      description =
          "Flip nothing, but pair rows: those that a CSV file lists as factual,counterfactual, or at random rows of the same class and another value.")
  private Optional<String> pairs = Optional.empty();

  @Option(
      names = "--pairs-key",
      paramLabel = "COLUMN",
      description =
          "The column that the file of pairs names rows by; by default their numbers, from 1.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--delta",
      paramLabel = "FRACTION",
      defaultValue = "" + CounterfactualAudit.DELTA,
      description = "Counterfactual bias that is tolerated (default ${DEFAULT-VALUE}).")
  private double delta = CounterfactualAudit.DELTA;

  boolean given() {
    return !flips.isEmpty();
  }

  /** Whether all columns that the model reads are to be ranked. */
  boolean ranks() {
    return flips.contains(ALL);
  }

  /** The flipped columns that are named, which are audited too. */
  List<String> named() {
    return flips.stream().filter(name -> !name.equals(ALL)).toList();
  }

  double delta() {
    return delta;
  }

  /**
   * Refuses options that do not go together.
   *
   * @throws CliException if they do not
   */
  void requireConsistent() {
    boolean more = !flipsTo.isEmpty() || map.isPresent() || pairs.isPresent() || key.isPresent();
    if (flips.isEmpty() && more) {
      throw new CliException(
          "--flip-to, --flip-map, --pairs and --pairs-key belong to --flip; name the attribute with it.");
    }
    if (flips.stream().distinct().count() < flips.size()) {
      throw new CliException("--flip names the same column twice.");
    }
    if (pairs.isPresent() && (flips.size() > 1 || ranks())) {
      throw new CliException(
          "--pairs are pairs of one attribute; name it, and nothing else, with --flip.");
    }
    if (pairs.isPresent() && map.isPresent()) {
      throw new CliException(
          "--flip-map changes columns of flipped rows, but --pairs flips none; leave one of them out.");
    }
    if (key.isPresent() && pairFile().isEmpty()) {
      throw new CliException("--pairs-key belongs to a file of pairs; name it with --pairs.");
    }
    if (!(delta >= 0 && delta < 1)) {
      throw new CliException("--delta is %s; it must be at least 0 and below 1.".formatted(delta));
    }
    for (String entry : flipsTo) {
      if (named().stream().noneMatch(column -> valueFor(column, entry).isPresent())) {
        throw new CliException(
            "--flip-to %s does not say of which column; write COLUMN=VALUE with one of %s."
                .formatted(entry, String.join(", ", flips)));
      }
    }
  }

  /** Whether rows are paired and not flipped. */
  boolean pairsRows() {
    return pairs.isPresent();
  }

  /**
   * How many rows to make so many pairs of, so that the others are left to check accuracy on: a
   * flipped row is a pair, other rows find a partner of the same class only in part, and a list may
   * name any row.
   */
  int rowsForPairs(int wanted) {
    if (pairFile().isPresent()) {
      return Integer.MAX_VALUE;
    }
    return pairs.isPresent() ? 3 * wanted : wanted;
  }

  /** Files that the pairs come from, which must not be overwritten. */
  List<Path> files() {
    return Stream.of(map, pairFile()).flatMap(Optional::stream).toList();
  }

  /** The columns that must be read, beside the model's. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>(named());
    key.ifPresent(columns::add);
    for (LinkedColumns.Link link : links().links()) {
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
    Set<String> changed = new HashSet<>(links().followers(column));
    changed.add(column);
    return pairs.isPresent()
        || modelInputs.stream().anyMatch(input -> changed.contains(input.name()));
  }

  /**
   * Refuses a file of links that names columns or values which there are not.
   *
   * @param all every row
   */
  void requireLinks(LabelledSet all) {
    links().requireIn(all.inputs());
  }

  /**
   * The pairs of one of the {@link #named} columns.
   *
   * @param column the attribute that differs
   * @param all every row, in the file's order, labelled with that attribute
   * @param rows the rows that get counterparts, such as those of a split
   * @param seed of random values and of the order of other rows
   */
  CounterfactualPairs pairs(String column, LabelledSet all, int[] rows, long seed) {
    if (pairFile().isPresent()) {
      return PairFile.read(pairFile().get()).pairs(all, rows, column, key);
    }
    Counterpart counterpart = counterpart(column, seed);
    if (pairs.isPresent()) {
      return OtherRows.pairs(all.select(rows), column, counterpart, seed);
    }
    return Flip.of(column).to(counterpart).with(links()).pairs(all.select(rows));
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
        .with(links())
        .pairs(new LabelledSet(inputs, set.target(), attribute, set.weights()));
  }

  private LinkedColumns links() {
    return map.map(LinkedColumns::read).orElse(LinkedColumns.NONE);
  }

  private Optional<Path> pairFile() {
    return pairs.filter(name -> !name.equals(OTHER_ROWS)).map(Path::of);
  }

  private Counterpart counterpart(String column, long seed) {
    Optional<String> value =
        flipsTo.stream().flatMap(entry -> valueFor(column, entry).stream()).findFirst();
    if (value.isEmpty()) {
      return new Counterpart.MostFrequent();
    }
    return switch (value.get()) {
      case EVERY_OTHER -> new Counterpart.EveryOther();
      case RANDOM_OTHER -> new Counterpart.RandomOther(seed);
      default -> new Counterpart.Value(value.get());
    };
  }

  /** What an entry of --flip-to says of a column: the bare value is of the only one. */
  private Optional<String> valueFor(String column, String entry) {
    String prefix = column + "=";
    if (entry.startsWith(prefix)) {
      return Optional.of(entry.substring(prefix.length()));
    }
    return named().size() == 1 ? Optional.of(entry) : Optional.empty();
  }
}
