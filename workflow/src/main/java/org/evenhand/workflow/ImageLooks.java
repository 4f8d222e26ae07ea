package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Change;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
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
 * Where a deployed model and its repair look in a few images.
 *
 * @param deployed reads images and answers with scores
 * @param change what the repair does to it
 * @param images that it reads
 */
record ImageLooks(DeployedModel deployed, Change change, LabelledImages images) {
  private static final int SHOWN = 8;

  /** A probability below this says nothing but how sure the model is. */
  private static final double FLOOR = Math.log(1e-6);

  /**
   * A few images, of as many groups as there can be.
   *
   * @param rows to choose from
   * @param seed of the choice
   */
  ShownImages of(AnsweredRows rows, long seed) {
    int[] chosen = chosen(rows.set(), seed);
    String column =
        deployed.inputs().stream()
            .filter(input -> input.kind() == InputColumn.Kind.TENSOR)
            .findFirst()
            .orElseThrow()
            .name();
    Preprocessing how = images.prepared();
    Exchange exchange = new Exchange(how);
    Table changed = exchange.changed(rows.table().select(chosen), column);
    Answers before = deployed.answer(changed);
    int classes = before.classes().size();
    double[] answers = logs(before);
    double[] moved = logs(after(before, changed)).clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= answers[i];
    }
    List<Heatmap> model = exchange.maps(LogSpace.atLeast(FLOOR, answers.clone()), classes);
    List<Heatmap> repair = exchange.maps(moved, classes);
    TensorColumn pixels = (TensorColumn) rows.table().column(column);
    List<ShownImages.Image> shown = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      float[] numbers = new float[pixels.size()];
      pixels.read(chosen[i], numbers, 0);
      shown.add(
          new ShownImages.Image(
              images.name(rows.table(), chosen[i]),
              group(rows.set(), chosen[i]),
              look(model.get(i), model.get(i).over(numbers, how)),
              look(repair.get(i), repair.get(i).over(numbers, how))));
    }
    return new ShownImages(mean(model), mean(repair), shown);
  }

  /** A correction is computed from the answers that are there. */
  private Answers after(Answers before, Table rows) {
    return change instanceof Correction correction && before instanceof Answers.Soft scores
        ? correction.apply(scores, rows)
        : change.applyTo(deployed).answer(rows);
  }

  /** Log-probabilities, rows × K; of a model that names classes only, as if it were sure. */
  private static double[] logs(Answers answers) {
    if (answers instanceof Answers.Soft scores) {
      return scores.logProbabilities();
    }
    int[] labels = ((Answers.Hard) answers).labels();
    int classes = answers.classes().size();
    double[] logs = new double[labels.length * classes];
    Arrays.fill(logs, FLOOR);
    for (int row = 0; row < labels.length; row++) {
      logs[row * classes + labels[row]] = 0;
    }
    return logs;
  }

  private static ShownImages.Look mean(List<Heatmap> maps) {
    Heatmap mean = Heatmap.mean(maps);
    return look(mean, mean.png());
  }

  private static ShownImages.Look look(Heatmap map, byte[] picture) {
    Heatmap.Place hottest = map.hottest();
    return new ShownImages.Look(
        picture, map.largest(), hottest.across(), hottest.down(), hottest.words());
  }

  /** One of every group, then another one, in the order of the groups. */
  private static int[] chosen(LabelledSet rows, long seed) {
    int[] groups = rows.strata();
    int[] shuffled =
        Shuffle.of(IntStream.range(0, groups.length).toArray(), new SplittableRandom(seed));
    List<int[]> byRank = new ArrayList<>();
    int[] seen = new int[Arrays.stream(groups).max().orElse(0) + 1];
    for (int row : shuffled) {
      byRank.add(new int[] {seen[groups[row]]++, groups[row], row});
    }
    return byRank.stream()
        .sorted(
            (one, other) ->
                one[0] == other[0]
                    ? Integer.compare(one[1], other[1])
                    : Integer.compare(one[0], other[0]))
        .limit(SHOWN)
        .mapToInt(each -> each[2])
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
