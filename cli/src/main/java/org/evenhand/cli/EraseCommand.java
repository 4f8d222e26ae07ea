package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Erasure;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.ImagesRequest;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.RepairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code evenhand erase}: distils a deployed model's bias rule and hands back one model without it.
 */
@Command(
    name = "erase",
    header = "Removes bias by correcting the model's answers.",
    description =
        "Learns the bias rule from labelled rows, subtracts it from the model's answers, and writes both as one ONNX file. A model behind a URL gets a correction and a step that runs after it.",
    footer = {
      "Choose the best of five estimators:",
      "evenhand erase --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --out evenhand-out/fused.onnx --overwrite",
      "Use one estimator, and keep the attribute out of what the correction reads:",
      "evenhand erase --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --estimator S1 --blind --out evenhand-out/blind.onnx",
      "Decline what costs more than ten points of accuracy:",
      "evenhand erase --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --estimator C2 --max-accuracy-loss 10 --out evenhand-out/limited.onnx"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand erase --model=FILE --data=FILE --target=COLUMN",
      "                      --attribute=COLUMN --out=FILE [OPTIONS]",
      "       evenhand erase --model=FILE --images=PACK --labels=FILE --target=COLUMN",
      "                      --attribute=COLUMN --out=FILE [--patch=NETWORK] [OPTIONS]"
    },
    sortOptions = false)
final class EraseCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private RepairOutputs outputs = new RepairOutputs();
  @Mixin private ErasureOptions erasure = new ErasureOptions();
  @Mixin private PatchOptions patch = new PatchOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RepairOptions repair = new RepairOptions();
  @Mixin private LossOptions loss = new LossOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RepairRequest request = Usage.checked(spec, this::request);
    patch.makeFolder();
    return repair.run(request, run.seed(), spec);
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private RepairRequest request() {
    images.check(true, data.file().isPresent());
    patch.check(images.given());
    data.check(List.of());
    data.requireTarget();
    data.requireAttributes();
    int threads = run.threads();
    ModelSource source = model.source(threads, run.seed());
    images.requireFile(source);
    Optional<ImagesRequest> pack = images.request();
    EraserSettings settings = erasure.settings(patch.trainsNetworks(pack.isPresent()));
    return repair.request(
        new RepairRequest.BlackBox(source, data.request(), pack, erasure.blind()),
        progress ->
            new Erasure(patch.trainer(source, pack.isPresent(), threads, progress), settings),
        loss.limit(),
        false,
        data.weighted(judgement.settings(run.seed())),
        // Networks over images use the threads themselves.
        patch.trainsNetworks(pack.isPresent()) ? 1 : threads,
        outputs.files(source),
        spec);
  }
}
