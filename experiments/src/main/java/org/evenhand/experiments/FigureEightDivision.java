package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.data.Shuffle;
import org.evenhand.images.Heatmap;
import org.evenhand.onnx.ImageNetworkReader;
import org.evenhand.onnx.ImagePatch;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;

/**
 * Where one division's deployed model and patches look.
 *
 * @param models of the division
 * @param scene its task, and where the attributes are
 * @param results take the figures
 * @param sheet the file of the pictures, which is written of the first seed
 */
record FigureEightDivision(
    TrainedModels models, FigureEight.Scene scene, ResultTable results, Path sheet) {
  /** How many test images are looked at. */
  static final int IMAGES = 200;

  private static final int SHOWN = 4;
  private static final String EXCHANGE = "exchange";
  private static final String GRAD_CAM = "Grad-CAM";

  /** Maps of the same images by who looks and how. */
  private record Maps(Map<String, List<Heatmap>> byTitle) {
    void put(String who, String how, List<Heatmap> maps) {
      byTitle.put("%s, %s".formatted(who, how), maps);
    }
  }

  /**
   * Looks.
   *
   * @return how many places the last channels have
   */
  String run(Deployed asked) {
    try (ImageRows rows = models.rows()) {
      Path file = models.file(asked, rows);
      try (OnnxClassifier deployed = OnnxClassifier.open(file)) {
        return looked(rows, deployed, file);
      }
    }
  }

  private String looked(ImageRows rows, OnnxClassifier deployed, Path file) {
    LabelledSet test = rows.test().select(some(rows.test()));
    Gaze gaze = new Gaze(test.inputs(), models.scale().side(), models.store().folder());
    Maps maps = new Maps(new LinkedHashMap<>());
    Answers.Soft answers = (Answers.Soft) deployed.answer(gaze.changed());
    maps.put("deployed model", EXCHANGE, gaze.exchange(answers.logProbabilities()));
    List<Heatmap> seen =
        gaze.gradCam(ImageNetworkReader.read(deployed), answers.logProbabilities());
    String places = "%d × %d".formatted(seen.get(0).height(), seen.get(0).width());
    maps.put("deployed model", GRAD_CAM, gaze.enlarged(seen));
    for (String attribute : rows.erased()) {
      Attribute known = rows.calibration().attribute(attribute);
      ImagePatch pixels =
          (ImagePatch)
              patch(
                  new ImagePatchTrainer(models.here(models.scale().patch()), models.progress()),
                  rows.calibration(),
                  known);
      double[] read = pixels.logProbabilities(gaze.changed());
      maps.put("patch of " + attribute, EXCHANGE, gaze.exchange(read));
      maps.put(
          "patch of " + attribute, GRAD_CAM, gaze.enlarged(gaze.gradCam(pixels.network(), read)));
      Patch own =
          patch(
              new OwnFeatures(new ModelSource.File(file, OnnxOptions.defaults())),
              rows.calibration(),
              known);
      maps.put(
          "patch of %s over activations".formatted(attribute),
          EXCHANGE,
          gaze.exchange(own.logProbabilities(gaze.changed())));
    }
    rows.erased().forEach(attribute -> judge(test.attribute(attribute), maps, gaze));
    if (models.seed() == 1) {
      ContactSheet.write(pictures(maps, gaze), sheet);
    }
    return places;
  }

  private int[] some(LabelledSet test) {
    int[] all = IntStream.range(0, test.rows()).toArray();
    return IntStream.of(Shuffle.of(all, new SplittableRandom(models.seed())))
        .limit(IMAGES)
        .toArray();
  }

  private Patch patch(PatchTrainer trainer, LabelledSet known, Attribute attribute) {
    double[] labels = PatchTrainer.certainLabels(attribute.codes(), attribute.size());
    double[] weights = new double[known.rows()];
    Arrays.fill(weights, 1);
    return trainer.train(known.inputs(), labels, attribute.size(), weights, models.seed());
  }

  /** Only by images that show the attribute. */
  private void judge(Attribute attribute, Maps maps, Gaze gaze) {
    int present = attribute.values().indexOf(scene.present());
    Map<Integer, boolean[]> places = new TreeMap<>();
    IntStream.range(0, attribute.codes().length)
        .filter(image -> present < 0 || attribute.codes()[image] == present)
        .forEach(image -> places.put(image, gaze.place(scene, attribute.name(), image)));
    maps.byTitle()
        .forEach(
            (who, ofImages) -> {
              double heat = 0;
              double pixels = 0;
              double hottest = 0;
              for (Map.Entry<Integer, boolean[]> each : places.entrySet()) {
                Heatmap map = ofImages.get(each.getKey());
                heat += map.shareIn(each.getValue());
                pixels += share(each.getValue());
                hottest += map.hottestShareIn(each.getValue());
              }
              int n = places.size();
              results.add(
                  attribute.name(),
                  Math.toIntExact(models.seed()),
                  who,
                  heat / n,
                  pixels / n,
                  hottest / n);
            });
  }

  private static double share(boolean[] place) {
    int inside = 0;
    for (boolean pixel : place) {
      inside += pixel ? 1 : 0;
    }
    return (double) inside / place.length;
  }

  /** A row an image, where they may be shown, and the mean maps below them. */
  private List<List<byte[]>> pictures(Maps maps, Gaze gaze) {
    Heatmap cold = new Heatmap(gaze.side(), gaze.side(), new float[gaze.side() * gaze.side()]);
    List<List<byte[]>> pictures = new ArrayList<>();
    for (int i = 0; scene.shown() && i < SHOWN; i++) {
      List<byte[]> row = new ArrayList<>();
      row.add(gaze.over(cold, i));
      for (List<Heatmap> ofImages : maps.byTitle().values()) {
        row.add(gaze.over(ofImages.get(i), i));
      }
      pictures.add(row);
    }
    List<byte[]> means = new ArrayList<>();
    if (scene.shown()) {
      means.add(cold.png());
    }
    maps.byTitle().values().forEach(ofImages -> means.add(Heatmap.mean(ofImages).png()));
    pictures.add(means);
    return pictures;
  }
}
