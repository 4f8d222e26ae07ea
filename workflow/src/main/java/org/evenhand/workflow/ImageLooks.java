package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Change;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.LogSpace;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.data.Shuffle;
import org.evenhand.evidence.ShownImages;
import org.evenhand.images.Exchange;
import org.evenhand.images.Heatmap;
import org.evenhand.images.Preprocessing;

/**
 * Where a deployed model looks in a few images, and where its repair does: what the repair adds to
 * the answers, if that depends on the images alone, else the repaired model.
 *
 * @param deployed reads images and answers with scores
 * @param change what the repair does to it
 * @param images that it reads
 */
record ImageLooks(DeployedModel deployed, Change change, LabelledImages images) {
  private static final int SHOWN = 8;

  /** Of a probability below this only the model's certainty is left. */
  private static final double LEAST_LOG = Math.log(1e-6);

  /**
   * A few images that were measured on, of as many groups as there can be.
   *
   * @param division of all rows
   * @param seed of the choice
   */
  ShownImages of(Division division, long seed) {
    AnsweredRows rows = division.unseen();
    int[] chosen = chosen(rows.set(), seed);
    String column = LabelledImages.image(deployed.inputs()).name();
    Preprocessing how = images.prepared();
    Exchange exchange = new Exchange(how);
    Table changed = exchange.changed(rows.table().select(chosen), column);
    Answers.Soft answers = (Answers.Soft) deployed.answer(changed);
    int classes = answers.classes().size();
    List<Heatmap> model = exchange.maps(logs(answers), classes);
    List<Heatmap> repair = exchange.maps(repair(answers, changed), classes);
    TensorColumn pixels = (TensorColumn) changed.column(column);
    List<ShownImages.Image> shown = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      float[] numbers = new float[pixels.size()];
      pixels.read(i * exchange.asked(), numbers, 0);
      shown.add(
          new ShownImages.Image(
              images.name(division.all().table(), division.unseenRows()[chosen[i]]),
              group(rows.set(), chosen[i]),
              look(model.get(i), model.get(i).over(numbers, how)),
              look(repair.get(i), repair.get(i).over(numbers, how))));
    }
    return new ShownImages(addsByItself().isPresent(), mean(model), mean(repair), shown);
  }

  /** A correction that does not depend on the answers, such as the removal of a rule. */
  private Optional<Correction> addsByItself() {
    return change instanceof Correction correction && !correction.readsAnswers()
        ? Optional.of(correction)
        : Optional.empty();
  }

  private double[] repair(Answers.Soft answers, Table rows) {
    Optional<Correction> added = addsByItself();
    if (added.isEmpty()) {
      return logs((Answers.Soft) change.applyTo(deployed).answer(rows));
    }
    double[] moved = added.get().apply(answers, rows).logProbabilities().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= answers.logProbabilities()[i];
    }
    return moved;
  }

  private static double[] logs(Answers.Soft answers) {
    return LogSpace.atLeast(LEAST_LOG, answers.logProbabilities().clone());
  }

  private static ShownImages.Look mean(List<Heatmap> maps) {
    Heatmap mean = Heatmap.mean(maps);
    return look(mean, mean.png());
  }

  private static ShownImages.Look look(Heatmap map, byte[] picture) {
    return new ShownImages.Look(
        picture,
        map.largest(),
        map.hottest()
            .map(place -> new ShownImages.Place(place.across(), place.down(), place.words())));
  }

  /** One of every group, in random order, then another one of every group, … */
  private static int[] chosen(LabelledSet rows, long seed) {
    int[] groups = rows.strata();
    int[] shuffled =
        Shuffle.of(IntStream.range(0, groups.length).toArray(), new SplittableRandom(seed));
    int[] rank = new int[groups.length];
    int[] seen = new int[groups.length + 1];
    for (int row : shuffled) {
      rank[row] = seen[groups[row]]++;
    }
    return IntStream.of(shuffled)
        .boxed()
        .sorted(Comparator.comparingInt(row -> rank[row]))
        .limit(SHOWN)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static String group(LabelledSet rows, int row) {
    String values =
        rows.attributes().stream()
            .map(attribute -> "%s = %s".formatted(attribute.name(), value(attribute, row)))
            .collect(Collectors.joining(", "));
    int target = rows.target().codes()[row];
    return "%s = %s, %s"
        .formatted(rows.target().name(), rows.target().classes().names().get(target), values);
  }

  private static String value(Attribute attribute, int row) {
    int code = attribute.codes()[row];
    return code == Attribute.UNKNOWN ? "unknown" : attribute.values().get(code);
  }
}
