package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Progress;
import org.evenhand.datasets.ColoredMnist.Colouring;
import org.evenhand.unlearning.LinearAlgebra;

/**
 * Unlearns the colour from networks trained on Colored MNIST, in both published colourings, from
 * 500 pairs of test digits; measured on other digits. Beside it Rule Eraser, and the methods that
 * Fast Model Debias is compared with, which train anew.
 */
final class ColoredMnistUnlearning implements Experiment {
  private static final String NAME = "unlearn-colored-mnist";

  /** One construction of the biased training set. */
  private record Task(Colouring colouring, double aligned) {
    String title() {
      return String.format(
          Locale.ROOT,
          "%s, ρ = %s",
          colouring == Colouring.FOREGROUND
              ? "coloured digits (LfF)"
              : "coloured background (ReBias)",
          aligned);
    }
  }

  private static final List<Task> TASKS =
      Arrays.stream(Colouring.values())
          .flatMap(
              colouring -> shares(colouring).mapToObj(share -> new Task(colouring, share / 1000.0)))
          .toList();

  /** In thousandths, those that the papers print. */
  private static IntStream shares(Colouring colouring) {
    return colouring == Colouring.FOREGROUND
        ? IntStream.of(995, 990, 980, 950)
        : IntStream.of(995, 990, 950);
  }

  private static final List<ResultTable.Figure> FIGURES =
      List.of(
          new ResultTable.Figure("accuracy", "accuracy, all colours", ResultTable.Form.PERCENT),
          new ResultTable.Figure(
              "conflicting_accuracy", "accuracy, other colours", ResultTable.Form.PERCENT),
          new ResultTable.Figure(
              "counterfactual_bias", "counterfactual bias", ResultTable.Form.SHARE),
          new ResultTable.Figure("seconds", "seconds", ResultTable.Form.SECONDS),
          new ResultTable.Figure("parameters", "parameters", ResultTable.Form.COUNT),
          new ResultTable.Figure("samples", "samples", ResultTable.Form.COUNT));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Fast Model Debias on Colored MNIST in both colourings: every update rule from 500 pairs, beside LfF, LDD, ReBias and Rule Eraser.";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    setting.images().requireOnlySize(NAME);
    // Networks are trained side by side, each on one thread.
    LinearAlgebra.useThreads(1);
    Path mnist = MnistParts.folder(setting.data());
    String data = Artefacts.of("images", MnistParts.source(setting.data())).sha256();
    PartStore store = new PartStore(setting.images().work());
    ResultTable results = new ResultTable(FIGURES);
    int steps = TASKS.size() * setting.repetitions();
    AtomicInteger done = new AtomicInteger();
    List<Path> written = List.of();
    for (int seed = 1; seed <= setting.repetitions(); seed++) {
      List<Callable<List<UnlearntPart>>> runs = new ArrayList<>();
      for (Task task : TASKS) {
        ColoredMnistRun run =
            new ColoredMnistRun(
                task.colouring(),
                task.aligned(),
                seed,
                mnist,
                data,
                setting.images().size(),
                store);
        runs.add(
            () -> {
              List<UnlearntPart> parts = run.parts();
              progress.step("unlearning colours", done.incrementAndGet(), steps);
              return parts;
            });
      }
      List<List<UnlearntPart>> parts = runAll(runs, setting.threads());
      for (int i = 0; i < TASKS.size(); i++) {
        for (UnlearntPart part : parts.get(i)) {
          part.addTo(results, TASKS.get(i).title(), seed);
        }
      }
      // A long experiment keeps what it has.
      written = results.write(setting.results(), NAME, heading(setting, seed));
    }
    return written;
  }

  private static <T> List<T> runAll(List<Callable<T>> runs, int threads) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> run : workers.invokeAll(runs)) {
        results.add(run.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExperimentException("The experiment was interrupted.");
    } finally {
      workers.shutdownNow();
    }
  }

  private static String heading(Setting setting, int seeds) {
    return String.format(
        Locale.ROOT,
        """
        # Unlearning the colour of digits

        Generated by `%s`; do not edit. Figures of every network: `%s.csv`.

        %s 2352-100-100-100-10 a task, each trained for ten epochs on 60,000 digits of which
        the share ρ has its own colour. %d random test digits, each in its own and one random other colour, are all that an
        update sees beside the Hessian of the training features; ridge, step and stopping are chosen by five-fold
        cross-validation among those pairs. Measured on 8,000 test digits in all ten colours that nothing else saw.
        Accuracies in percent; counterfactual bias is about the true digit, between its own colour and one random other.
        *refit*: a new head fitted to the same pairs (deep feature reweighting). *oracle*: a new head fitted to %,d other
        test digits in all ten colours. *eraser*: Rule Eraser, fitted on the pairs' images and the network's answers to them, with a
        small convolutional network as its patch.

        *lff*, *ldd*, *rebias*: networks trained anew on the 60,000 digits without reading the colour, by learning from failure
        (arXiv 2007.02561), disentangled features that are swapped (arXiv 2107.01372) and independence from a network that sees
        colours alone (arXiv 1910.02806). They are 2352-100-100-100-10 like the deployed network, with inputs of mean 0 and deviation 1, and for ldd two of
        these with heads over both features. All take batches of 256 and Adam at 0.001 with a rise and a cosine; %s
        From the papers' code differ: ldd's network (its last hidden layer has 16 units) and its step (0.01); rebias's network
        (convolutions of 7 × 7), its colour network (%d channels at first for 16, and every second pixel of every second line), both
        networks' steps taken at once, and the width of the kernels (their code's option of the mean distance).
        No epoch is chosen by the test digits: the last one counts.

        *seconds*: by the clock, on one thread of a shared machine, of a row's own work: *as trained* is the deployed network's training,
        updates include the Hessian of all training features. *parameters*: what is changed in the deployed network, or trained in
        its place and kept. *samples*: images that are learnt from; updates also read the 60,000 training features for their Hessian.
        """,
        setting.command(),
        NAME,
        seeds == 1 ? "One network" : "Mean ± standard deviation over %d networks".formatted(seeds),
        ColoredTestDigits.PAIRS,
        ColoredTestDigits.ORACLE_DIGITS,
        setting.images().size() == ImageChoices.Size.SMALL
            ? "they train for ten epochs too, where the papers take 100, 213 and 80."
            : "they train for 100, 213 and 80 epochs, as published.",
        ColoredMnistBaseline.colourWidth(setting.images().size()));
  }
}
