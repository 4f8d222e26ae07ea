package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.datasets.ColoredMnist;
import org.evenhand.datasets.ColoredMnist.Colouring;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserException;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.unlearning.HeadRefit;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.Update;

/**
 * One biased training set of Colored MNIST with one seed: a deployed network and everything that is
 * done to it or in its place. Finished parts are read, the others made.
 *
 * @param colouring what of an image is coloured
 * @param aligned share of the training images in their digit's own colour
 * @param seed of every draw
 * @param mnist the folder of MNIST
 * @param data the hash of its training images
 * @param size how long the baselines train
 * @param store of finished parts
 */
record ColoredMnistRun(
    Colouring colouring,
    double aligned,
    int seed,
    Path mnist,
    String data,
    ImageChoices.Size size,
    PartStore store) {
  private static final ImageScale.Recipe PATCH = ImageScale.smallCnn(30, 5, false);
  private static final double ORACLE_RIDGE = 1e-5;

  /** All parts, in the order of the table. */
  List<UnlearntPart> parts() {
    List<UnlearntPart> parts = new ArrayList<>();
    parts.add(part("updates", PATCH.settings() + " " + Update.all(), this::updates));
    for (ColoredMnistBaseline baseline : ColoredMnistBaseline.all(size)) {
      parts.add(
          part(
              baseline.kind().name(),
              baseline.toString(),
              () -> baseline.run(training(), digits(), seed)));
    }
    return parts;
  }

  private UnlearntPart part(String name, String decidedBy, Supplier<UnlearntPart> work) {
    String key = PartStore.key(colouring, aligned, seed, data, decidedBy);
    String file = "unlearnt-%s-%s-%s-%d-%s.json".formatted(colouring, aligned, name, seed, key);
    return store.part(file, UnlearntPart.class, work);
  }

  private ColoredMnist training() {
    return ColoredMnist.training(mnist, colouring, aligned, seed);
  }

  private ColoredTestDigits digits() {
    return ColoredTestDigits.of(ColoredMnist.counterfactual(mnist, colouring, seed), seed);
  }

  private UnlearntPart updates() {
    long start = System.nanoTime();
    ColoredMnist training = training();
    ColoredMnistNetwork network = ColoredMnistNetwork.train(training, seed);
    return new Updates(training, network, digits()).run(Cost.secondsSince(start));
  }

  /** What is done to the deployed network. */
  private final class Updates {
    private final ColoredMnist training;
    private final ColoredMnistNetwork network;
    private final ColoredTestDigits digits;
    private final Head deployed;
    private final HeadRows measured;
    private final List<UnlearntPart.Line> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Updates(ColoredMnist training, ColoredMnistNetwork network, ColoredTestDigits digits) {
      this.training = training;
      this.network = network;
      this.digits = digits;
      this.deployed = network.head();
      this.measured = rows(digits.images(), digits.measured());
    }

    UnlearntPart run(double trainingSeconds) {
      Cost ofTraining =
          new Cost(trainingSeconds, ColoredMnistNetwork.PARAMETERS, training.images());
      lines.add(line("as trained", deployed, ofTraining));
      long start = System.nanoTime();
      int[] all = IntStream.range(0, training.images()).toArray();
      int[] colours = Arrays.stream(all).map(training::colour).toArray();
      HeadRows features = rows(training, all);
      UnlearntPart updates =
          UpdateLines.of(deployed, features, colours, start, seed, this::line)
              .from(pairs(), Optional.empty());
      lines.addAll(updates.lines());
      notes.addAll(updates.notes());
      erase();
      lines.add(oracle());
      return new UnlearntPart(lines, notes);
    }

    private UnlearntPart.Line line(String method, Head head, Cost cost) {
      return digits.line(method, head.answers(measured.features()), cost);
    }

    private UnlearntPart.Line oracle() {
      HeadRows known = rows(digits.images(), digits.oracle());
      long start = System.nanoTime();
      Head refitted = HeadRefit.fit(deployed, known, ORACLE_RIDGE);
      Cost cost =
          new Cost(
              Cost.secondsSince(start),
              ColoredMnistNetwork.HEAD_PARAMETERS,
              digits.oracle().length);
      return line("oracle", refitted, cost);
    }

    /** Rule Eraser asks the network about the pairs' images and changes nothing in it. */
    private void erase() {
      int[] members = digits.pairs().members();
      LabelledSet every = MnistParts.labelled(digits.images());
      LabelledSet known = every.select(members);
      Answers.Soft answers = deployed.answers(network.features(digits.images(), members));
      ImagePatchTrainer patches = new ImagePatchTrainer(PATCH.settings(), Progress.NONE);
      long start = System.nanoTime();
      try {
        Answers.Soft corrected =
            Eraser.propose(known, List.of("colour"), answers, patches, settings())
                .removal()
                .apply(
                    deployed.answers(measured.features()),
                    every.inputs().select(digits.measured()));
        Cost cost = new Cost(Cost.secondsSince(start), 0, members.length);
        lines.add(digits.line("eraser", corrected, cost));
      } catch (EraserException e) {
        notes.add("Seed %d, eraser: %s".formatted(seed, e.getMessage()));
      }
    }

    private EraserSettings settings() {
      return EraserSettings.DEFAULT.withSeed(seed).withThreads(1);
    }

    private HeadRows rows(ColoredMnist images, int[] which) {
      double[] ones = new double[which.length];
      Arrays.fill(ones, 1);
      int[] targets = Arrays.stream(which).map(images::digit).toArray();
      return HeadRows.of(deployed, network.features(images, which), targets, ones);
    }

    private PairRows pairs() {
      int[] own = digits.pairs().own();
      int[] other = digits.pairs().other();
      return new PairRows(
          rows(digits.images(), own),
          rows(digits.images(), other),
          digits.coloursOf(own),
          digits.coloursOf(other));
    }
  }
}
