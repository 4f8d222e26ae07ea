package org.evenhand.cli;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.evenhand.repair.Access;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.SearchLimits;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.Methods;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.RepairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code evenhand repair}: tries the methods that apply and proposes one, or none. */
@Command(
    name = "repair",
    header = "Searches for the best repair within your limits, and writes it.",
    description =
        "Searches two methods, equal odds and Rule Eraser, or with --methods all every one that applies; writes the best repair as one ONNX file, or recommends doing nothing.",
    footer = {
      "Allow a loss of five points of accuracy:",
      "evenhand repair --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --max-accuracy-loss 5 --out evenhand-out/repair.onnx",
      "Raise the accuracy of the group that is served worst:",
      "evenhand repair --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --raise worst-group --max-accuracy-loss 5 --out evenhand-out/worst.onnx",
      "Search among the forms of one method:",
      "evenhand repair --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --methods erase --max-accuracy-loss 5 --out evenhand-out/corrected.onnx"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand repair --model=FILE --data=FILE --target=COLUMN",
      "                       --attribute=COLUMN --out=FILE [OPTIONS]"
    },
    sortOptions = false)
final class RepairCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private FlipOptions flips = new FlipOptions();
  @Mixin private RepairOutputs outputs = new RepairOutputs();
  @Mixin private SearchOptions search = new SearchOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RepairOptions repair = new RepairOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RepairRequest request = Usage.checked(spec, this::request);
    return repair.run(request, run.seed(), spec);
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private RepairRequest request() {
    images.check(true, data.file().isPresent());
    data.check(flips.named());
    data.requireTarget();
    if (flips.named().isEmpty()) {
      data.requireAttributes();
    }
    ModelSource source = model.source(run.threads(), run.seed());
    images.requireFile(source);
    if (images.given() && search.access() == Access.INPUTS) {
      throw new CliException(
          "--access inputs leaves nothing to search for a model of images, because what is learned here is read from the model's own activations; 'evenhand erase --patch small-cnn' learns from the images.");
    }
    Aim aim = repair.aimOfSearch();
    SearchOptions.requirePairs(aim, flips);
    if (images.given() && aim == Aim.COUNTERFACTUAL_BIAS) {
      throw new CliException(
          "--lower counterfactual-bias flips a column, which changes no image; 'evenhand unlearn --pairs' edits a model of images.");
    }
    Methods available =
        images.given() && source instanceof ModelSource.File file
            ? Methods.ofImages(file)
            : Methods.OF_TABLES.withPairs(!flips.named().isEmpty());
    List<Repair> methods = search.methods("recommended", available);
    RepairRequest.BlackBox subject =
        new RepairRequest.BlackBox(
            source,
            data.request(),
            images.request(),
            search.blind(),
            Methods.edit(methods),
            flips.request(run.seed()));
    SearchLimits limits = search.limits(aim);
    Repair method = new RepairSearch(methods, limits);
    return repair.request(
        subject,
        progress -> method,
        OptionalDouble.of(limits.maxAccuracyLoss()),
        true,
        data.weighted(judgement.settings(run.seed())),
        run.threads(),
        outputs.files(source),
        spec);
  }
}
