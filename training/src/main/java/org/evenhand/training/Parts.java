package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes a batch in parts, several at a time. Into how many does not depend on the number of
 * threads, and what they give is added in their order, so that neither does the network.
 */
final class Parts implements AutoCloseable {
  private final Objective objective;
  private final ExecutorService workers;
  private final boolean whole;
  private final int threads;
  private int last;
  private final List<Weights> weights = new ArrayList<>();
  private final List<Tensor> slopes = new ArrayList<>();

  /**
   * @param whole whether a batch is one part, as a graphics card likes it
   */
  Parts(Objective objective, int threads, boolean whole) {
    this.objective = objective;
    this.whole = whole;
    this.threads = threads;
    workers = Threads.daemons("evenhand-training", threads, Engine::ownThread);
  }

  /**
   * The mean loss of a batch in training, whose slope {@link #step} goes down.
   *
   * @param batch to train on
   */
  double train(Batch batch) {
    int parts = parts(batch);
    last = parts;
    place(parts);
    Tensor measured = objective.weights().allMeasured();
    Engine.withoutGradients(
        () -> {
          weights.subList(0, parts).forEach(used -> used.allMeasured().copy_(measured));
          return measured;
        });
    double loss = sum(batch, this::trainPart);
    Engine.withoutGradients(
        () -> {
          measured.zero_();
          for (int part = 0; part < parts; part++) {
            measured.add_(weights.get(part).allMeasured(), new Scalar(1.0 / parts));
          }
          return measured;
        });
    return loss;
  }

  /** Goes down the slope of the last batch's loss. */
  void step(Adam adam, double rate) {
    adam.begin(rate);
    int pieces = adam.pieces();
    int tasks = Math.min(pieces, threads);
    List<Tensor> sum = slopes.subList(0, last);
    List<Callable<Double>> moves = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      int from = (int) ((long) pieces * i / tasks);
      int to = (int) ((long) pieces * (i + 1) / tasks);
      moves.add(
          () ->
              Engine.withoutGradients(
                  () -> {
                    adam.move(sum, from, to);
                    return 0.0;
                  }));
    }
    for (Future<Double> done : Threads.all(workers, moves)) {
      Threads.result(done);
    }
  }

  /** The mean loss of a batch that is held out. */
  double heldOut(Batch batch) {
    return sum(
        batch,
        (part, share, images) ->
            share
                * Engine.withoutGradients(
                    () ->
                        objective
                            .heldOutLoss(
                                objective.weights(),
                                images.tensor(objective.weights().engine()),
                                images.rows())
                            .item_double()));
  }

  private int parts(Batch batch) {
    return whole ? 1 : objective.parts(batch.size());
  }

  private void place(int parts) {
    while (weights.size() < parts) {
      weights.add(objective.weights().sharingTrained());
      slopes.add(torch.zeros_like(objective.weights().allTrained()));
    }
  }

  /** Computes a part's share of the loss. */
  private interface PartLoss {
    double of(int part, double share, Batch images);
  }

  private double trainPart(int part, double share, Batch images) {
    return Engine.scoped(
        () -> {
          Weights used = weights.get(part);
          Tensor loss =
              objective
                  .loss(used, images.tensor(used.engine()), images.rows())
                  .mul(new Scalar(share));
          Engine.withoutGradients(
              () -> {
                used.gradient(loss, slopes.get(part));
                return loss;
              });
          return loss.item_double();
        });
  }

  private double sum(Batch batch, PartLoss loss) {
    int parts = parts(batch);
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int part = i;
      Batch images = batch.part(part, parts);
      double share = (double) images.size() / batch.size();
      tasks.add(() -> loss.of(part, share, images));
    }
    double sum = 0;
    for (Future<Double> result : Threads.all(workers, tasks)) {
      sum += Threads.result(result);
    }
    return sum;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
