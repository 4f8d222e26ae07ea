package org.evenhand.onnx;

import java.util.List;

/**
 * A deployed network's features, which are one tensor already.
 *
 * @param features the name of the {@code float [N,F]} tensor
 */
record FeatureColumns(String features) implements ColumnSource {
  @Override
  public String numbers(GraphBuilder graph, List<String> columns) {
    return features;
  }

  @Override
  public String number(String column) {
    throw new IllegalStateException("features are read together");
  }

  @Override
  public String text(String column) {
    throw new IllegalStateException("features are numbers");
  }

  @Override
  public String images(String column, List<Integer> shape) {
    throw new IllegalStateException("features are numbers");
  }
}
