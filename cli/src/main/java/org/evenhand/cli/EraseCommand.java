package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.RepairProposal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code evenhand erase}: distils a deployed model's bias rule and hands back one model without it.
 */
@Command(
    name = "erase",
    description =
        "Removes a model's bias without retraining: writes one fused ONNX model; for a model behind a URL, the correction alone.",
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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Request request = Usage.checked(spec, this::request);
    List<Path> inputs = new ArrayList<>(request.model().files());
    inputs.addAll(data.files());
    inputs.addAll(images.files());
    Output.requireWritable(request.files().byRole().values(), inputs);
    patch.makeFolder();
    PrintWriter log = spec.commandLine().getErr();
    try (ProgressBar progress = ProgressBar.on(log);
        LabelledImages labelled = new LabelledImages(images, log);
        DeployedModel deployed = request.model().open(progress)) {
      AnsweredRows rows = new RowReader(data, log).answeredBy(deployed, labelled);
      Division division = Division.of(rows, data, repair.testFraction(), run.seed());
      PatchView view =
          PatchView.of(
              deployed, erasure.blind() ? data.attributeColumns(rows.table().names()) : Set.of());
      RepairProposal proposal = propose(request, division, view);
      return deliver(
          deployed,
          new RepairRun(deployed, division, view, request, proposal),
          labelled.described());
    }
  }

  private RepairProposal propose(Request request, Division division, PatchView view) {
    try (ProgressBar progress = ProgressBar.on(spec.commandLine().getErr())) {
      return Eraser.propose(
          view.of(division.fitted().set()),
          request.attributes(),
          division.fitted().answers(),
          patch.trainer(images.given(), run.threads(), progress),
          request.settings(),
          progress);
    }
  }

  /**
   * What options alone decide, so that wrong ones are refused before any work.
   *
   * @param model the deployed model
   * @param files where the outputs go
   * @param attributes the protected attributes
   * @param settings of the eraser
   * @param judgement of the audits before and after
   */
  record Request(
      ModelSource model,
      RepairFiles files,
      List<String> attributes,
      EraserSettings settings,
      AuditSettings judgement) {}

  private Request request() {
    images.check(true, data.file().isPresent());
    patch.check(images.given());
    data.check(List.of());
    data.requireAttributes();
    repair.check();
    int threads = run.threads();
    ModelSource source = model.source(threads, run.seed());
    images.requireFile(source);
    return new Request(
        source,
        outputs.files(source),
        List.copyOf(data.attributes()),
        erasure.settings(run.seed(), images.given(), threads, judgement.decisionRule()),
        data.weighted(judgement.settings(run.seed())));
  }

  private int deliver(DeployedModel deployed, RepairRun repaired, Map<String, String> described) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> declined = repaired.proposal().declined();
    RepairRun.Delivery delivery =
        repair.writes(declined)
            ? repaired.write(commandLine(), provenance(deployed), described)
            : repaired.decline(commandLine(), provenance(deployed));
    if (repair.json()) {
      out.print(delivery.json());
    } else {
      new RepairText(out).print(repaired, delivery);
    }
    out.flush();
    return repair.conclude(declined, spec.commandLine().getErr());
  }

  private String commandLine() {
    return Shell.command("evenhand", "erase", Arguments.of(spec));
  }

  private Provenance provenance(DeployedModel deployed) {
    return Provenance.now(
        Stream.of(List.of(deployed.artefact()), data.artefacts(), images.artefacts())
            .flatMap(List::stream)
            .toList(),
        run.seed(),
        Settings.of(spec));
  }
}
