package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Removal;
import org.evenhand.data.Shuffle;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserException;
import org.evenhand.eraser.Estimator;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.training.Backbone;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;

/**
 * The studies of the patches of one division's deployed models, each done unless that has been done
 * before.
 *
 * @param models of the division
 */
record PatchStudiesDivision(TrainedModels models) {
  static final String IMAGES = "Images that the patch learns from";
  static final String LABELS = "Forms of its labels";
  static final String SIZES = "Sizes of a patch over pixels";

  /** Parts of the number of images that the deployed model was trained on. */
  private static final List<Integer> PARTS = List.of(1_000, 300, 100, 30, 10, 5);

  private static final int DRAWS = 5;
  private static final List<Integer> WIDTHS = List.of(4, 8, 16, 32);

  List<StudyPart> run(List<Deployed> asked) {
    return asked.stream()
        .map(each -> models.store().part(file(each), StudyPart.class, () -> studied(each)))
        .toList();
  }

  private String file(Deployed asked) {
    String key =
        PartStore.key(models.name(asked), models.scale().patch().settings(), PARTS, DRAWS, WIDTHS);
    return "studies-%s-%s-%d-%s.json"
        .formatted(models.task().name(), asked.title(), models.seed(), key);
  }

  private StudyPart studied(Deployed asked) {
    try (ImageRows rows = models.rows()) {
      return studied(asked, rows);
    }
  }

  private StudyPart studied(Deployed asked, ImageRows rows) {
    Path file = models.file(asked, rows);
    try (OnnxClassifier deployed = OnnxClassifier.open(file)) {
      Bench bench =
          new Bench(
              Answered.by(deployed, rows.calibration()),
              Answered.by(deployed, rows.test()),
              rows.groupedBy(),
              new OwnFeatures(new ModelSource.File(file, OnnxOptions.defaults())),
              rows.train().rows());
      Map<String, Map<String, List<ErasureFigures>>> studies = new LinkedHashMap<>();
      studies.put(IMAGES, images(bench));
      studies.put(LABELS, labels(bench));
      studies.put(SIZES, sizes(bench));
      return new StudyPart(models.task().name(), asked.title(), models.seed(), studies);
    }
  }

  private record Bench(
      Answered calibration, Answered test, String attribute, OwnFeatures own, int trained) {}

  /** The command's default repair, learned from fewer images. */
  private Map<String, List<ErasureFigures>> images(Bench bench) {
    Map<String, List<ErasureFigures>> figures = new LinkedHashMap<>();
    figures.put(ErasedAnswers.BEFORE, List.of(figures(bench, bench.test().answers())));
    SplittableRandom random = new SplittableRandom(models.seed());
    int all = bench.calibration().set().rows();
    for (int part : PARTS) {
      int images = Math.min(all, Math.round((float) bench.trained() / part));
      List<ErasureFigures> ofDraws = new ArrayList<>();
      for (int draw = 0; draw < DRAWS; draw++) {
        models.progress().step("learning from fewer images", draw, DRAWS);
        int[] drawn = Shuffle.of(IntStream.range(0, all).toArray(), random);
        int[] few = IntStream.of(drawn).limit(images).sorted().toArray();
        proposed(bench, few).map(removal -> figures(bench, removal)).ifPresent(ofDraws::add);
      }
      figures.put(String.format(Locale.ROOT, "1/%,d, %,d images", part, images), ofDraws);
    }
    return figures;
  }

  /** Empty if these images do not determine a rule. */
  private Optional<Removal> proposed(Bench bench, int[] few) {
    Answered known = bench.calibration();
    try {
      return Optional.of(
          Eraser.propose(
                  known.set().select(few),
                  List.of(bench.attribute()),
                  known.answers().select(few),
                  bench.own(),
                  models.setting().erasure(models.seed()))
              .removal());
    } catch (EraserException e) {
      return Optional.empty();
    }
  }

  private Map<String, List<ErasureFigures>> labels(Bench bench) {
    Map<String, List<ErasureFigures>> figures = new LinkedHashMap<>();
    for (boolean geometric : List.of(true, false)) {
      for (boolean normalised : List.of(true, false)) {
        for (boolean many : List.of(true, false)) {
          ContrastForm form = new ContrastForm(many, normalised, geometric);
          Answered known = bench.calibration();
          Removal removal =
              form.removal(
                  known.set(),
                  known.answers(),
                  known.set().attribute(bench.attribute()),
                  bench.own(),
                  models.seed());
          figures.put(form.title(), List.of(figures(bench, removal)));
        }
      }
    }
    return figures;
  }

  /** The paper's form, whose patch is a network over pixels. */
  private Map<String, List<ErasureFigures>> sizes(Bench bench) {
    Map<String, List<ErasureFigures>> figures = new LinkedHashMap<>();
    ImageScale.Recipe usual = models.scale().patch();
    for (int width : WIDTHS) {
      ImageScale.Recipe recipe =
          new ImageScale.Recipe(
              Backbone.of(usual.backbone().name(), width),
              usual.epochs(),
              usual.patience(),
              usual.mirrored());
      ErasedAnswers.by(
              bench.calibration(),
              bench.test(),
              List.of(bench.attribute()),
              new ImagePatchTrainer(models.here(recipe), models.progress()),
              Estimator.of("P1"),
              models.seed())
          .ifPresent(
              answers ->
                  figures.put(
                      "%s of width %d".formatted(usual.backbone().name(), width),
                      List.of(figures(bench, answers))));
    }
    return figures;
  }

  private ErasureFigures figures(Bench bench, Removal removal) {
    return figures(bench, removal.apply(bench.test().answers(), bench.test().set().inputs()));
  }

  private ErasureFigures figures(Bench bench, Answers.Soft answers) {
    return ErasureFigures.of(bench.test().set(), bench.attribute(), answers, models.seed());
  }
}
