package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenhand.baselines.BiasScores;
import org.evenhand.baselines.CalibratedOdds;
import org.evenhand.baselines.Constant;
import org.evenhand.baselines.EqualizedOdds;
import org.evenhand.baselines.LayerReweighting;
import org.evenhand.baselines.NoModel;
import org.evenhand.baselines.Objective;
import org.evenhand.baselines.PriorShift;
import org.evenhand.baselines.RejectOption;
import org.evenhand.baselines.RelaxedOdds;
import org.evenhand.baselines.ThresholdGoal;
import org.evenhand.baselines.ValueThresholds;
import org.evenhand.core.Goal;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Spelling;
import org.evenhand.eraser.EqualOdds;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Erasure;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.repair.EditThenCorrect;
import org.evenhand.repair.Method;
import org.evenhand.repair.Repair;
import org.evenhand.unlearning.CausalScaling;
import org.evenhand.unlearning.DirectDescent;
import org.evenhand.unlearning.FeatureReweighting;
import org.evenhand.unlearning.GroupUnlearning;
import org.evenhand.unlearning.HeadEdit;
import org.evenhand.unlearning.PairUnlearning;
import org.evenhand.unlearning.SparseReweighting;

/**
 * The methods that a search can try, by the codes that people name them by.
 *
 * @param trainer of what the methods learn from the inputs
 * @param ofImages whether the model reads images: its last layer is not edited then, but what all
 *     its layers see can be read anew
 * @param paired whether an attribute is flipped, so that there are pairs to unlearn from
 */
public record Methods(PatchTrainer trainer, boolean ofImages, boolean paired) {
  /**
   * Where no attribute is flipped.
   *
   * @param trainer of what the methods learn from the inputs
   * @param ofImages whether the model reads images
   */
  public Methods(PatchTrainer trainer, boolean ofImages) {
    this(trainer, ofImages, false);
  }

  /** For models of tables: what is learned from the inputs is a perceptron. */
  public static final Methods OF_TABLES =
      new Methods(new Perceptron(PerceptronSettings.DEFAULT), false);

  /**
   * For a model of images: what is learned is read from what its own network computes on the way.
   *
   * @param model the model's file
   */
  public static Methods ofImages(ModelSource.File model) {
    return new Methods(new OwnFeatures(model), true);
  }

  /**
   * The same where an attribute is flipped or not.
   *
   * @param flipped whether it is
   */
  public Methods withPairs(boolean flipped) {
    return new Methods(trainer, ofImages, flipped);
  }

  private static final Method UNLEARN_THEN_ERASE =
      new Method(
          "unlearn-then-erase",
          "Fast Model Debias, then Rule Eraser",
          "docs/baselines.md",
          Method.Stage.MODEL,
          Set.of(Method.Need.WEIGHTS, Method.Need.SCORES, Method.Need.INPUTS));

  private static final Map<String, Function<PatchTrainer, Repair>> BY_CODE = byCode();
  private static final Set<String> OF_TABLES_ONLY =
      Set.of(
          FeatureReweighting.METHOD.code(),
          SparseReweighting.METHOD.code(),
          CausalScaling.METHOD.code(),
          GroupUnlearning.METHOD.code(),
          HeadEdit.METHOD.code(),
          UNLEARN_THEN_ERASE.code());

  private static Map<String, Function<PatchTrainer, Repair>> byCode() {
    Map<String, Function<PatchTrainer, Repair>> methods = new LinkedHashMap<>();
    methods.put(EqualOdds.METHOD.code(), EqualOdds::new);
    methods.put(Erasure.METHOD.code(), trainer -> new Erasure(trainer, EraserSettings.DEFAULT));
    methods.put(
        "erase-keep-class-prior",
        trainer -> new Erasure(trainer, EraserSettings.DEFAULT.withGoal(Goal.KEEP_CLASS_PRIOR)));
    methods.put("value-thresholds", trainer -> ValueThresholds.ofUsualGoals(1));
    methods.put("reject-option", trainer -> new RejectOption(ThresholdGoal.DEFAULT));
    methods.put("equalized-odds", trainer -> new EqualizedOdds(Objective.AVERAGE_GROUP));
    methods.put("relaxed-odds", trainer -> new RelaxedOdds(Objective.AVERAGE_GROUP, 0));
    methods.put("bias-scores", trainer -> new BiasScores(trainer, 0.02));
    methods.put("calibrated-odds", trainer -> new CalibratedOdds(CalibratedOdds.Cost.BOTH));
    methods.put(FeatureReweighting.METHOD.code(), trainer -> new FeatureReweighting());
    methods.put(SparseReweighting.METHOD.code(), trainer -> new SparseReweighting());
    methods.put(CausalScaling.METHOD.code(), trainer -> new CausalScaling());
    methods.put(GroupUnlearning.METHOD.code(), trainer -> new GroupUnlearning());
    methods.put(HeadEdit.METHOD.code(), trainer -> new PairUnlearning());
    methods.put(UNLEARN_THEN_ERASE.code(), Methods::unlearnThenErase);
    methods.put(LayerReweighting.METHOD.code(), LayerReweighting::new);
    methods.put("no-model", NoModel::new);
    methods.put("prior", trainer -> new PriorShift());
    methods.put("constant", trainer -> new Constant());
    return methods;
  }

  /**
   * Methods by name.
   *
   * @param codes codes of methods, or {@code recommended} or {@code all} for several
   * @throws WorkflowException if there is none of that name; the message lists the available ones
   */
  public List<Repair> named(List<String> codes) {
    List<String> wanted = new ArrayList<>();
    for (String code : codes) {
      switch (code) {
        case "recommended" -> wanted.addAll(recommended());
        case "all" -> wanted.addAll(available());
        default -> wanted.add(code);
      }
    }
    return wanted.stream().distinct().map(this::named).collect(Collectors.toList());
  }

  private List<String> recommended() {
    List<String> codes = new ArrayList<>(List.of(EqualOdds.METHOD.code(), Erasure.METHOD.code()));
    if (ofImages) {
      codes.add(LayerReweighting.METHOD.code());
    }
    if (paired && !ofImages) {
      codes.add(HeadEdit.METHOD.code());
    }
    return codes;
  }

  private List<String> available() {
    return BY_CODE.keySet().stream()
        .filter(
            ofImages
                ? code -> !OF_TABLES_ONLY.contains(code)
                : code -> !code.equals(LayerReweighting.METHOD.code()))
        .filter(code -> paired || !code.equals(HeadEdit.METHOD.code()))
        .toList();
  }

  private static Repair unlearnThenErase(PatchTrainer trainer) {
    return new EditThenCorrect(
        UNLEARN_THEN_ERASE,
        new GroupUnlearning(List.of(new DirectDescent())),
        new Erasure(trainer, EraserSettings.DEFAULT));
  }

  /**
   * Whether any of them edits a model's last layer, so that the model must be opened with it.
   *
   * @param methods some
   */
  public static boolean edit(List<Repair> methods) {
    return methods.stream().anyMatch(method -> method.method().stage() != Method.Stage.ANSWERS);
  }

  private Repair named(String code) {
    List<String> available = available();
    Function<PatchTrainer, Repair> method = BY_CODE.get(code);
    if (method == null || !available.contains(code)) {
      throw new WorkflowException(
          "There is no method '%s' for models of %s; choose among recommended, all, %s.%s"
              .formatted(
                  code,
                  ofImages ? "images" : "tables",
                  String.join(", ", available),
                  Spelling.question(code, available)));
    }
    return method.apply(trainer);
  }
}
