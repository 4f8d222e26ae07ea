package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.images.Exchange;
import org.evenhand.images.Heatmap;
import org.evenhand.images.Preprocessing;

/** Some images, and how models of them are looked into. */
final class Gaze {
  private final TensorColumn images;
  private final Table shown;
  private final int side;
  private final Path folder;
  private final Preprocessing how;
  private final Exchange exchange;
  private final Table changed;

  /**
   * @param shown the images, at least three
   * @param side of each in pixels
   * @param folder for files that are gone afterwards
   */
  Gaze(Table shown, int side, Path folder) {
    this.shown = shown;
    this.images = (TensorColumn) shown.column(ImageRows.IMAGE);
    this.side = side;
    this.folder = folder;
    this.how = FacePack.preprocessing(side);
    this.exchange = new Exchange(how);
    this.changed = exchange.changed(shown, ImageRows.IMAGE);
  }

  int side() {
    return side;
  }

  /** What is asked about: every image as it is, and then with each square exchanged. */
  Table changed() {
    return changed;
  }

  /**
   * Maps by exchange of squares.
   *
   * @param answers to {@link #changed}, on a log scale
   */
  List<Heatmap> exchange(double[] answers) {
    return exchange.maps(answers, outputs(answers));
  }

  private int outputs(double[] answers) {
    return answers.length / changed.rows();
  }

  /**
   * Grad-CAM of what is most probable of each image as it is, of the size of the last channels.
   *
   * @param answers of the network to {@link #changed}
   */
  List<Heatmap> gradCam(ImageNetwork network, double[] answers) {
    int outputs = outputs(answers);
    int[] decided = new int[shown.rows()];
    for (int row = 0; row < decided.length; row++) {
      int start = row * exchange.asked() * outputs;
      for (int k = 1; k < outputs; k++) {
        decided[row] = answers[start + k] > answers[start + decided[row]] ? k : decided[row];
      }
    }
    return new GradCam(network, folder).maps(shown, decided);
  }

  /** The same maps of the images' size. */
  List<Heatmap> enlarged(List<Heatmap> maps) {
    return maps.stream().map(map -> map.resized(side, side)).toList();
  }

  /** Which pixels of an image tell an attribute. */
  boolean[] place(FigureEight.Scene scene, String attribute, int image) {
    return Objects.requireNonNull(scene.places().get(attribute)).apply(numbers(image), side);
  }

  byte[] over(Heatmap map, int image) {
    return map.over(numbers(image), how);
  }

  private float[] numbers(int image) {
    float[] numbers = new float[images.size()];
    images.read(image, numbers, 0);
    return numbers;
  }
}
