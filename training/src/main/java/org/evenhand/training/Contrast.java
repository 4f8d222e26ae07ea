package org.evenhand.training;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fair supervised contrast of projected features; of a projection with one hidden layer, as in the
 * paper's code.
 *
 * @param features the backbone
 * @param hidden the projection's first layer
 * @param projection its second
 * @param temperature of the similarities
 * @param weights of all
 * @param targets one code a row
 * @param attributes one code a row
 */
record Contrast(
    Features features,
    Linear hidden,
    Linear projection,
    double temperature,
    Weights weights,
    int[] targets,
    int[] attributes)
    implements Objective {

  static Contrast of(
      Training training, ModelKind.Contrastive kind, int[] targets, int[] attributes) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear hidden = new Linear(blueprint, features.size(), features.size());
    Linear projection = new Linear(blueprint, features.size(), kind.projected());
    return new Contrast(
        features,
        hidden,
        projection,
        kind.temperature(),
        new Weights(training.engine(), blueprint),
        targets,
        attributes);
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    return contrast(used, images, rows, true);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    return contrast(used, images, rows, false);
  }

  private Tensor contrast(Weights used, Tensor images, int[] rows, boolean training) {
    Tensor value = features.forward(images, used, training);
    Tensor projected =
        projection.forward(torch.relu(hidden.forward(value, used, training)), used, training);
    return new FairContrast(codes(targets, rows), codes(attributes, rows))
        .loss(used.engine(), torch.normalize(projected), temperature);
  }

  private static int[] codes(int[] all, int[] rows) {
    return IntStream.of(rows).map(row -> all[row]).toArray();
  }

  /** Every image is compared with all others of the batch. */
  @Override
  public int parts(int images) {
    return 1;
  }

  @Override
  public boolean judged() {
    return false;
  }
}
