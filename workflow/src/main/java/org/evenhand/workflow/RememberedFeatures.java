package org.evenhand.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * A model of images that computes the features of an image once: training loss, pairs, checks and
 * both audits ask about the same images again. Models of tables are fast enough without.
 */
public final class RememberedFeatures implements HeadedClassifier {
  private final HeadedClassifier model;
  private final Map<Integer, double[]> known = new HashMap<>();
  private final Map<Integer, Integer> labels = new HashMap<>();

  /**
   * Remembers from now on.
   *
   * @param model computes features; closed with this
   */
  public RememberedFeatures(HeadedClassifier model) {
    this.model = model;
  }

  @Override
  public double[] features(Table inputs) {
    Optional<TensorColumn> images = images(inputs);
    return images.isPresent() ? remembered(inputs, images.get()) : model.features(inputs);
  }

  private Optional<TensorColumn> images(Table inputs) {
    return model.inputs().stream()
        .filter(input -> input.kind() == Kind.TENSOR && model.inputs().size() == 1)
        .flatMap(input -> inputs.find(input.name()).stream())
        .filter(TensorColumn.class::isInstance)
        .map(TensorColumn.class::cast)
        .findFirst();
  }

  private double[] remembered(Table inputs, TensorColumn images) {
    int width = head().features();
    int[] missing =
        IntStream.range(0, inputs.rows())
            .filter(row -> !known.containsKey(images.indices()[row]))
            .toArray();
    if (missing.length > 0) {
      double[] computed = model.features(inputs.select(missing));
      for (int i = 0; i < missing.length; i++) {
        double[] ofImage = new double[width];
        System.arraycopy(computed, i * width, ofImage, 0, width);
        known.put(images.indices()[missing[i]], ofImage);
      }
    }
    double[] features = new double[inputs.rows() * width];
    for (int row = 0; row < inputs.rows(); row++) {
      double[] ofImage = known.getOrDefault(images.indices()[row], new double[width]);
      System.arraycopy(ofImage, 0, features, row * width, width);
    }
    return features;
  }

  /** What the head says, with the labels that the model gives beside its scores. */
  @Override
  public Answers.Soft answer(Table inputs) {
    Answers.Soft answers = head().answers(features(inputs));
    return inputs.rows() > 0 && givesLabels(inputs) ? answers.withLabels(labels(inputs)) : answers;
  }

  private boolean givesLabels(Table inputs) {
    return asked(inputs.select(new int[] {0})).isPresent();
  }

  private Optional<int[]> asked(Table inputs) {
    return model.answer(inputs) instanceof Answers.Soft soft ? soft.labels() : Optional.empty();
  }

  private int[] labels(Table inputs) {
    Optional<TensorColumn> images = images(inputs);
    if (images.isEmpty()) {
      return asked(inputs).orElseThrow();
    }
    int[] indices = images.get().indices();
    int[] missing =
        IntStream.range(0, inputs.rows())
            .filter(row -> !labels.containsKey(indices[row]))
            .toArray();
    if (missing.length > 0) {
      int[] given = asked(inputs.select(missing)).orElseThrow();
      IntStream.range(0, missing.length).forEach(i -> labels.put(indices[missing[i]], given[i]));
    }
    return IntStream.of(indices).map(index -> labels.getOrDefault(index, 0)).toArray();
  }

  @Override
  public Head head() {
    return model.head();
  }

  @Override
  public Classes classes() {
    return model.classes();
  }

  @Override
  public List<InputColumn> inputs() {
    return model.inputs();
  }

  @Override
  public String describeHead() {
    return model.describeHead();
  }

  @Override
  public List<String> headTensorNames() {
    return model.headTensorNames();
  }

  @Override
  public String describe() {
    return model.describe();
  }

  @Override
  public List<String> warnings(Table table) {
    return model.warnings(table);
  }

  @Override
  public Provenance.Artefact artefact() {
    return model.artefact();
  }

  @Override
  public void close() {
    model.close();
  }
}
