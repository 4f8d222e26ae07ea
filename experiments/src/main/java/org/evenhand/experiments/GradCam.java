package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TemporaryFiles;
import org.evenhand.images.Heatmap;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.onnx.OnnxHeadedClassifier;

/**
 * Grad-CAM (Selvaraju et al. 2017) of networks that average their last channels over all places and
 * end in a dense layer: the gradient is then the same at every place, so that the map of output k
 * is Σ_c w_{k,c}·A_c without its negative part, whatever the image.
 *
 * @param network to look into
 * @param folder for files that are gone afterwards
 */
record GradCam(ImageNetwork network, Path folder) {
  /**
   * @throws ExperimentException if the network ends otherwise
   */
  GradCam {
    List<ImageLayer> layers = network.layers();
    int last = layers.size() - 1;
    if (last < 1
        || !(layers.get(last) instanceof ImageLayer.Dense)
        || !(layers.get(last - 1) instanceof ImageLayer.GlobalAveragePool)
        || ImageLayer.through(layers.subList(0, last - 1), network.shape()).size() != 3) {
      throw new ExperimentException(
          "Grad-CAM is drawn of networks that average channels before a dense layer.");
    }
  }

  /**
   * A map of every image, of the size of the last channels.
   *
   * @param images has the network's column
   * @param outputs of each image the output that is looked at
   */
  List<Heatmap> maps(Table images, int[] outputs) {
    List<ImageLayer> body = network.layers().subList(0, network.layers().size() - 2);
    List<Integer> shape = ImageLayer.through(body, network.shape());
    DenseLayer end = ((ImageLayer.Dense) network.layers().get(network.layers().size() - 1)).layer();
    double[] channels = channels(body, shape.get(0) * shape.get(1) * shape.get(2), images);
    int places = shape.get(1) * shape.get(2);
    List<Heatmap> maps = new ArrayList<>();
    for (int row = 0; row < outputs.length; row++) {
      double[] sums = new double[places];
      for (int c = 0; c < shape.get(0); c++) {
        double weight = end.weights()[outputs[row] * end.inputs() + c];
        for (int place = 0; place < places; place++) {
          sums[place] += weight * channels[(row * shape.get(0) + c) * places + place];
        }
      }
      float[] values = new float[places];
      for (int place = 0; place < places; place++) {
        values[place] = (float) Math.max(0, sums[place]);
      }
      maps.add(new Heatmap(shape.get(1), shape.get(2), values));
    }
    return maps;
  }

  /** What a dense layer would read of the last channels, laid flat. */
  private double[] channels(List<ImageLayer> body, int size, Table images) {
    float[] weights = new float[2 * size];
    Arrays.fill(weights, 0, size, 1);
    List<ImageLayer> tapped = new ArrayList<>(body);
    tapped.add(new ImageLayer.Flatten());
    tapped.add(new ImageLayer.Dense(new DenseLayer(size, 2, weights, new float[2])));
    ImageNetwork tap = new ImageNetwork(network.column(), network.shape(), tapped);
    Path file = TemporaryFiles.beside(folder.resolve("tapped.onnx"));
    try {
      ImageModelExporter.export(tap, Classes.of("all", "none"), Head.Link.SOFTMAX, Map.of(), file);
      try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(file)) {
        return model.features(images);
      }
    } finally {
      TemporaryFiles.discard(file);
    }
  }
}
