package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Shuffle;
import org.evenhand.data.Split;
import org.evenhand.repair.HeadTask;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.TrainedHead;

/** A model seen from inside, with the rows that its training loss and its pairs come from. */
public final class WhiteBox {
  private final HeadedClassifier model;
  private final Counterparts flips;
  private final Training training;
  private final LabelledSet all;

  /**
   * The rows of the training loss.
   *
   * @param name {@code train} if the model was trained on them, as far as the user says
   * @param set the rows
   * @param rows their indices in the table that they are read from
   * @param all that table
   */
  public record Training(String name, LabelledSet set, int[] rows, LabelledSet all) {}

  private WhiteBox(HeadedClassifier model, Counterparts flips, Training training, LabelledSet all) {
    this.model = model;
    this.flips = flips;
    this.training = training;
    this.all = all;
  }

  /**
   * Finds the rows of the training loss.
   *
   * @param model the model, opened with its head
   * @param request where its rows come from
   * @param flips how they get counterparts
   * @param all every row of the data
   * @param fitted indices of the rows that pairs come from
   * @param notes told if there are no training rows
   */
  public static WhiteBox of(
      HeadedClassifier model,
      WhiteBoxRequest request,
      Counterparts flips,
      AnsweredRows all,
      int[] fitted,
      Notes notes) {
    flips.requireLinks(all.set());
    return new WhiteBox(
        model, flips, training(model, request, flips, all, fitted, notes), all.set());
  }

  private static Training training(
      HeadedClassifier model,
      WhiteBoxRequest request,
      Counterparts flips,
      AnsweredRows all,
      int[] fitted,
      Notes notes) {
    SplitChoice split = request.rows().split();
    Optional<Path> train = request.train();
    if (train.isPresent()) {
      RowsRequest file = request.rows().in(train.get());
      AnsweredRows rows = new RowReader(file, flips, notes).answeredBy(model);
      return training(Split.TRAIN, rows, trainRows(rows, split));
    }
    int[] trained = split.splits(all.table()) ? trainRows(all, split) : new int[0];
    if (trained.length > 0 && trained.length < all.table().rows()) {
      return training(Split.TRAIN, all, trained);
    }
    notes.warn(
        "there are no training rows, so that the Hessian is that of the rows that the pairs come from; name the file that the model was trained on.");
    return training("the rows that the pairs come from", all, fitted);
  }

  private static Training training(String name, AnsweredRows all, int[] rows) {
    return new Training(name, all.set().select(rows), rows, all.set());
  }

  /** The rows of the train split; all, if the table has none. */
  private static int[] trainRows(AnsweredRows rows, SplitChoice split) {
    return split.has(rows.table(), Split.TRAIN)
        ? Split.rows(rows.table(), split.column(), Split.TRAIN)
        : IntStream.range(0, rows.table().rows()).toArray();
  }

  /** The rows of the training loss. */
  public Training training() {
    return training;
  }

  /** The head with its training loss and, of one attribute, the value of every training row. */
  public TrainedHead head() {
    TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, training.set()));
    return flips.request().columns().size() == 1
        ? head.withAttribute(attribute(flips.request().columns().get(0)))
        : head;
  }

  /** The attribute of every training row, numbered as in the data; −1 where it is not known. */
  private int[] attribute(String name) {
    Attribute trained = training.set().attribute(name);
    List<String> values = all.attribute(name).values();
    return Arrays.stream(trained.codes())
        .map(code -> code < 0 ? code : values.indexOf(trained.values().get(code)))
        .toArray();
  }

  /**
   * Rows that pairs come from, and the rest of them.
   *
   * @param pairs of every flipped attribute
   * @param check the rows that are in no pair; empty if too few to check accuracy on
   */
  public record Fitted(List<CounterfactualPairs> pairs, Optional<LabelledSet> check) {
    /** Copies the list. */
    public Fitted {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Pairs of every flipped attribute, at most so many of each, from some rows.
   *
   * @param fitted indices of the rows
   * @param most pairs of an attribute
   * @param seed of the draw
   */
  public Fitted fitted(int[] fitted, int most, long seed) {
    int[] drawn = Shuffle.of(fitted, new SplittableRandom(seed));
    int[] paired = Arrays.copyOf(drawn, Math.min(flips.rowsForPairs(most), drawn.length));
    int[] rest = Arrays.copyOfRange(drawn, paired.length, drawn.length);
    return new Fitted(
        flips.request().columns().stream()
            .map(attribute -> pairs(attribute, paired, most, seed))
            .toList(),
        rest.length >= paired.length / 2 && rest.length > 0
            ? Optional.of(all.select(rest))
            : Optional.empty());
  }

  private CounterfactualPairs pairs(String attribute, int[] rows, int most, long seed) {
    CounterfactualPairs pairs = flips.pairs(attribute, all, rows, seed);
    int[] every = IntStream.range(0, pairs.size()).toArray();
    int[] drawn = Shuffle.of(every, new SplittableRandom(seed));
    return pairs.select(Arrays.copyOf(drawn, Math.min(most, drawn.length)));
  }

  /** Pairs as the model's head sees them. */
  PairRows seen(Fitted fitted) {
    return fitted.pairs().stream()
        .map(pairs -> PairRows.of(model, pairs))
        .reduce(PairRows::and)
        .orElseThrow();
  }

  /**
   * What a repair of the head may learn from.
   *
   * @param fitted indices of the rows that pairs come from
   * @param most pairs of an attribute
   * @param replacesRows whether the method asks for the counterparts of training rows; then one
   *     attribute is flipped
   * @param seed of the draw
   */
  HeadTask task(int[] fitted, int most, boolean replacesRows, long seed) {
    Fitted drawn = fitted(fitted, most, seed);
    return new HeadTask(
        model,
        training.name(),
        training.set(),
        replacesRows
            ? Optional.of(
                flips.pairs(
                    flips.request().columns().get(0), training.all(), training.rows(), seed))
            : Optional.empty(),
        drawn.pairs(),
        drawn.check());
  }
}
