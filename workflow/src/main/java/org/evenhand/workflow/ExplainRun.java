package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Split;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.ExplanationRecord;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.unlearning.Explanation;

/**
 * Which training rows put bias into a model's head.
 *
 * @param record the numbers, and the rows that matter most
 * @param influence of every training row: its number, influence, class, value of the attribute, and
 *     whether the two are aligned
 */
public record ExplainRun(ExplanationRecord record, Table influence) {

  /**
   * Opens the model, asks it about rows and their counterparts, and measures the influence of every
   * training row.
   *
   * @param request what is explained
   * @param invocation how it was asked for
   * @param notes told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, model and rows do not
   *     fit, or the model does not read the attribute that is flipped
   */
  public static ExplainRun of(ExplainRequest request, Invocation invocation, Notes notes) {
    WhiteBoxRequest whiteBox = request.whiteBox();
    try (LabelledImages images = new LabelledImages(whiteBox.images(), notes);
        OnnxHeadedClassifier deployed = whiteBox.open()) {
      Counterparts flips = Counterparts.of(whiteBox.flips());
      requireRead(request, flips, deployed);
      HeadedClassifier asked = new RememberedFeatures(deployed);
      AnsweredRows all = new RowReader(whiteBox.rows(), flips, notes).answeredBy(asked, images);
      int[] paired = whiteBox.rows().split().rowsOf(all.table(), Split.CALIBRATION);
      WhiteBox box = WhiteBox.of(asked, whiteBox, flips, all, paired, notes);
      Explanation explanation = explanation(request, asked, all.set(), box, paired);
      BiasSource source = new BiasSource(explanation, box.training(), request.attribute());
      Table training = box.training().set().inputs();
      ExplanationRecord record =
          source.record(
              request.top(),
              request.rows(),
              whiteBox.rows().split().column(),
              row ->
                  request.pictures()
                      ? Optional.of(images.thumbnail(training, row))
                      : Optional.empty(),
              invocation,
              read(whiteBox, deployed));
      return new ExplainRun(record, source.influence());
    }
  }

  private static Explanation explanation(
      ExplainRequest request, HeadedClassifier asked, LabelledSet all, WhiteBox box, int[] paired) {
    if (request.bias().isCounterfactual()) {
      WhiteBox.Fitted fitted =
          box.fitted(paired, request.whiteBox().maxPairs(), request.settings().seed());
      return Explanation.of(box.head(), box.seen(fitted), request.settings());
    }
    return Explanation.of(
        box.head(),
        request.bias().gap(asked, request.attribute(), all, paired),
        request.settings());
  }

  private static void requireRead(
      ExplainRequest request, Counterparts flips, OnnxHeadedClassifier deployed) {
    if (request.bias().isCounterfactual()
        && !flips.reaches(request.attribute(), deployed.inputs())) {
      throw new WorkflowException(
          "The model does not read '%s', so that its counterfactual bias is 0 and no row put it there; explain the gap between groups instead."
              .formatted(request.attribute()));
    }
  }

  private static List<Provenance.Artefact> read(
      WhiteBoxRequest whiteBox, OnnxHeadedClassifier deployed) {
    List<Provenance.Artefact> read = new ArrayList<>(List.of(deployed.artefact()));
    read.addAll(whiteBox.artefacts());
    return read;
  }

  /**
   * Where an explanation goes, if it is wanted.
   *
   * @param influence of every training row (CSV)
   * @param report a page for people (HTML)
   */
  public record Files(Optional<Path> influence, Optional<Path> report) {
    /** The files, in the order in which they are listed. */
    public List<Path> all() {
      return Stream.concat(influence.stream(), report.stream()).toList();
    }
  }

  /**
   * Writes the files or, if one cannot be written, none.
   *
   * @param files which
   * @throws WorkflowException if one cannot be written
   */
  public void write(Files files) {
    try (StagedFiles staged = new StagedFiles()) {
      files.influence().ifPresent(to -> staged.write(to, file -> CsvFile.write(influence, file)));
      files
          .report()
          .ifPresent(to -> staged.write(to, file -> EvidencePack.writeReport(record, file)));
      staged.moveIntoPlace();
    }
  }
}
