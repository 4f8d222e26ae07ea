package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A network's numbers. All trained tensors are views of one flat tensor, and so are all measured
 * ones, so that the optimiser and the checkpoints handle two arrays whatever the network.
 */
final class Weights {
  /** A copy of all numbers. */
  record Snapshot(float[] trained, float[] measured) {}

  private final Engine engine;
  private final Blueprint blueprint;
  private final Tensor flatTrained;
  private final Tensor flatMeasured;
  private final List<Tensor> trained;
  private final List<Tensor> measured;

  Weights(Engine engine, Blueprint blueprint) {
    this.engine = engine;
    this.blueprint = blueprint;
    flatTrained = flat(engine, blueprint.trained());
    flatMeasured = flat(engine, blueprint.measured());
    trained = views(flatTrained, blueprint.trained(), true);
    measured = views(flatMeasured, blueprint.measured(), false);
  }

  private Weights(Weights original) {
    engine = original.engine;
    blueprint = original.blueprint;
    flatTrained = original.flatTrained;
    trained = original.trained;
    flatMeasured = original.flatMeasured.clone();
    measured = views(flatMeasured, blueprint.measured(), false);
  }

  /** The same trained tensors, with measured ones of its own. */
  Weights sharingTrained() {
    return new Weights(this);
  }

  private static Tensor flat(Engine engine, List<Blueprint.Part> parts) {
    int size = parts.stream().mapToInt(part -> part.initial().length).sum();
    float[] values = new float[size];
    int at = 0;
    for (Blueprint.Part part : parts) {
      System.arraycopy(part.initial(), 0, values, at, part.initial().length);
      at += part.initial().length;
    }
    return engine.tensor(values, size);
  }

  private static List<Tensor> views(Tensor flat, List<Blueprint.Part> parts, boolean gradients) {
    List<Tensor> views = new ArrayList<>();
    long at = 0;
    for (Blueprint.Part part : parts) {
      Tensor view = flat.narrow(0, at, part.initial().length).view(part.shape()).detach();
      views.add(view.set_requires_grad(gradients));
      at += part.initial().length;
    }
    return views;
  }

  Engine engine() {
    return engine;
  }

  Tensor trained(int index) {
    return trained.get(index);
  }

  Tensor measured(int index) {
    return measured.get(index);
  }

  /**
   * Replaces the numbers of a measured tensor of one dimension, while a gradient is still to be
   * computed.
   */
  void measure(int index, float[] values) {
    // By any other way libtorch takes all measured tensors for changed, since they share their
    // memory, and refuses gradients through the normalisation that read some of them.
    Engine.withoutGradients(
        () -> measured.get(index).variable_data().copy_(engine.tensor(values, values.length)));
  }

  /** All that is trained, side by side. */
  Tensor allTrained() {
    return flatTrained;
  }

  /** All that is measured, side by side. */
  Tensor allMeasured() {
    return flatMeasured;
  }

  /** Writes the slopes of a loss in all that is trained, side by side. */
  void gradient(Tensor loss, Tensor into) {
    torch.cat_out(into, lines(torch.grad(new TensorVector(loss), leaves())));
  }

  /** The same slopes of a loss of which more will be asked: what it was computed from is kept. */
  Tensor slopes(Tensor loss) {
    return torch.cat(
        lines(
            torch.grad(
                new TensorVector(loss),
                leaves(),
                new TensorVector(),
                new BoolOptional(true),
                false,
                false)));
  }

  private TensorVector leaves() {
    return new TensorVector(trained.toArray(Tensor[]::new));
  }

  private TensorVector lines(TensorVector slopes) {
    Tensor[] lines = new Tensor[trained.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = slopes.get(i).flatten();
    }
    return new TensorVector(lines);
  }

  Snapshot snapshot() {
    return new Snapshot(Engine.values(flatTrained), Engine.values(flatMeasured));
  }

  void restore(Snapshot snapshot) {
    set(flatTrained, snapshot.trained());
    set(flatMeasured, snapshot.measured());
  }

  private void set(Tensor flat, float[] values) {
    Engine.withoutGradients(() -> flat.copy_(engine.tensor(values, values.length)));
  }
}
