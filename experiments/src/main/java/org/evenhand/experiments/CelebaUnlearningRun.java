package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Shuffle;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.unlearning.FeatureReweighting;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.Update;

/**
 * One deployed network of {@link CelebaUnlearning} and everything that is done to its head. A
 * finished part is read, another one made.
 *
 * @param models of one division
 * @param asked which of them
 * @param kind which people are paired
 */
record CelebaUnlearningRun(TrainedModels models, Deployed asked, CelebaPairs kind) {
  private static final String ATTRIBUTE = CelebaTask.ATTRIBUTE;

  /** Share of the calibration rows that pairs come from. */
  private static final double PAIRED = 2.0 / 3;

  UnlearntPart part() {
    String key = PartStore.key(models.name(asked), kind, PAIRED, Update.all());
    String file =
        "unlearnt-%s-%s-%s-%d-%s.json"
            .formatted(models.task().name(), asked.title(), kind, models.seed(), key);
    return models.store().part(file, UnlearntPart.class, this::make);
  }

  private UnlearntPart make() {
    try (ImageRows rows = models.rows()) {
      Path file = models.file(asked, rows);
      try (OnnxClassifier answering = OnnxClassifier.open(file);
          OnnxHeadedClassifier model = OnnxHeadedClassifier.open(file)) {
        Cost ofTraining = TrainedModels.cost(answering, rows.train().rows());
        return new Measured(rows, model).run(ofTraining);
      }
    }
  }

  /** The network with its test rows. */
  private final class Measured {
    private final ImageRows rows;
    private final OnnxHeadedClassifier model;
    private final double[] testFeatures;

    Measured(ImageRows rows, OnnxHeadedClassifier model) {
      this.rows = rows;
      this.model = model;
      this.testFeatures = model.features(rows.test().inputs());
    }

    UnlearntPart run(Cost ofTraining) {
      LabelledSet known = rows.calibration();
      int[] drawn =
          Shuffle.of(
              IntStream.range(0, known.rows()).toArray(), new SplittableRandom(models.seed()));
      int paired = (int) Math.round(PAIRED * drawn.length);
      PairRows pairs =
          PairRows.of(
              model, kind.of(known.select(Arrays.copyOf(drawn, paired)), ATTRIBUTE, models.seed()));
      HeadRows check =
          HeadRows.of(model, known.select(Arrays.copyOfRange(drawn, paired, drawn.length)));
      List<UnlearntPart.Line> lines = new ArrayList<>();
      lines.add(line("as deployed", model.head(), ofTraining));
      long start = System.nanoTime();
      UnlearntPart updates =
          UpdateLines.of(
                  model.head(),
                  HeadRows.of(model, rows.train()),
                  rows.train().attribute(ATTRIBUTE).codes(),
                  start,
                  models.seed(),
                  this::line)
              .from(pairs, Optional.of(check));
      lines.addAll(updates.lines());
      lines.add(reweighted());
      return new UnlearntPart(lines, updates.notes());
    }

    /** Deep feature reweighting on all calibration rows. */
    private UnlearntPart.Line reweighted() {
      LabelledSet known = rows.calibration();
      long start = System.nanoTime();
      RepairTask task =
          RepairTask.of(known, model.answer(known.inputs()), List.of(ATTRIBUTE))
              .withSeed(models.seed())
              .withHead(HeadTask.of(model, known));
      Proposal proposal = new FeatureReweighting().propose(task);
      Head head = ((EditedHead) proposal.change()).head();
      return line("dfr", head, new Cost(Cost.secondsSince(start), head.parameters(), known.rows()));
    }

    private UnlearntPart.Line line(String method, Head head, Cost cost) {
      LabelledSet test = rows.test();
      Answers.Soft answers = head.answers(testFeatures);
      ErasureFigures figures = ErasureFigures.of(test, ATTRIBUTE, answers, models.seed());
      double blond = gap(answers, 1);
      return new UnlearntPart.Line(
          method,
          List.of(
              figures.groups().overall(),
              figures.groups().average(),
              figures.groups().worst(),
              figures.groups().modelBias(),
              figures.noiseFloor(),
              blond,
              (Math.abs(gap(answers, 0)) + Math.abs(blond)) / 2,
              cost.seconds(),
              (double) cost.parameters(),
              (double) cost.samples()));
    }

    /** Mean probability of their class for its women less that for its men. */
    private double gap(Answers.Soft answers, int target) {
      Attribute gender = rows.test().attribute(ATTRIBUTE);
      int[] classes = rows.test().target().codes();
      double[] sums = new double[gender.size()];
      int[] people = new int[gender.size()];
      for (int row = 0; row < classes.length; row++) {
        if (classes[row] == target) {
          int value = gender.codes()[row];
          sums[value] += Math.exp(answers.logProbabilities()[2 * row + target]);
          people[value]++;
        }
      }
      return sums[0] / people[0] - sums[1] / people[1];
    }
  }
}
