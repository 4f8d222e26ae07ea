package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.data.Counterpart;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.FlipRequest;
import picocli.CommandLine.Option;

/** How rows get counterparts that differ in a protected attribute. */
@Under(Heading.COUNTERPARTS)
final class FlipOptions {
  /** Stands for every column that the model reads where a column is expected. */
  static final String ALL = "all";

  private static final String OTHER_ROWS = "other-rows";
  private static final String EVERY_OTHER = "every-other";
  private static final String RANDOM_OTHER = "random-other";

  @Under(Heading.JUDGED)
  @Option(
      names = "--flip",
      paramLabel = "COLUMN",
      description =
          "A protected attribute to flip, to see how the model's answers change. Repeatable. 'all' ranks every column of 2 to 20 values that the model reads.")
  private List<String> flips = new ArrayList<>();

  @Option(
      names = "--flip-to",
      paramLabel = "VALUE",
      description =
          "What a column with more than two values is flipped to: a value (rows that have it get the most frequent other one), 'every-other' or 'random-other'; COLUMN=VALUE if several columns are flipped (default: the most frequent value).")
  private List<String> flipsTo = new ArrayList<>();

  @Option(
      names = "--flip-map",
      paramLabel = "FILE",
      description =
          "Columns that change along with a flip: a CSV file with the columns flip, flip_from, flip_to, column, from and to.")
  private Optional<Path> map = Optional.empty();

  @Option(
      names = "--pairs",
      paramLabel = "FILE|other-rows",
      description =
          "Instead of flipping values, pair rows: as listed in a CSV file with the columns factual and counterfactual, or at random with rows of the same class and another value.")
  private Optional<String> pairs = Optional.empty();

  @Option(
      names = "--pairs-key",
      paramLabel = "COLUMN",
      description =
          "The column by which the file of pairs names rows (default: their numbers, from 1).")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--delta",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      defaultValue = "" + CounterfactualAudit.DELTA,
      description =
          "The counterfactual bias that is tolerated, as a fraction (default ${DEFAULT-VALUE}).")
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
   * What the options say.
   *
   * @param seed of random values
   */
  FlipRequest request(long seed) {
    Map<String, Counterpart> to = new HashMap<>();
    for (String column : named()) {
      flipsTo.stream()
          .flatMap(entry -> valueFor(column, entry).stream())
          .findFirst()
          .ifPresent(value -> to.put(column, counterpart(value, seed)));
    }
    return new FlipRequest(named(), ranks(), to, pairing(), delta);
  }

  private FlipRequest.Pairing pairing() {
    if (pairs.isEmpty()) {
      return new FlipRequest.Pairing.Flipped(map);
    }
    Optional<Path> file = pairFile();
    return file.isPresent()
        ? new FlipRequest.Pairing.Listed(file.get(), key)
        : new FlipRequest.Pairing.OtherRows();
  }

  private Optional<Path> pairFile() {
    return pairs.filter(name -> !name.equals(OTHER_ROWS)).map(Path::of);
  }

  private static Counterpart counterpart(String value, long seed) {
    return switch (value) {
      case EVERY_OTHER -> new Counterpart.EveryOther();
      case RANDOM_OTHER -> new Counterpart.RandomOther(seed);
      default -> new Counterpart.Value(value);
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
