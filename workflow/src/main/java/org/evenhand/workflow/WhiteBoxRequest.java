package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.unlearning.LinearAlgebra;

/**
 * A model that is looked into, with its rows and their counterparts.
 *
 * @param model its file
 * @param headLayers how many of the last dense layers are the head, at least 1
 * @param rows that pairs are made from
 * @param images that the model reads, if it reads any
 * @param train the rows that the model was trained on; by default the train rows of {@code rows},
 *     and where it has none the rows that the pairs come from
 * @param flips how rows get counterparts
 * @param maxPairs of an attribute, drawn at random, at least 1
 */
public record WhiteBoxRequest(
    ModelSource.File model,
    int headLayers,
    RowsRequest rows,
    Optional<ImagesRequest> images,
    Optional<Path> train,
    FlipRequest flips,
    int maxPairs) {
  /** Pairs of an attribute where no other number is asked for. */
  public static final int MAX_PAIRS = 500;

  /**
   * @throws WorkflowException if there is to be no pair
   */
  public WhiteBoxRequest {
    if (maxPairs < 1) {
      throw new WorkflowException("%d pairs are too few; ask for at least 1.".formatted(maxPairs));
    }
  }

  /**
   * A model of tables whose last dense layer is the head, with training rows among the others.
   *
   * @param model its file
   * @param rows have the splits {@code train} and {@code calibration}, or none
   * @param flips how rows get counterparts
   */
  public static WhiteBoxRequest of(ModelSource.File model, RowsRequest rows, FlipRequest flips) {
    return new WhiteBoxRequest(
        model, 1, rows, Optional.empty(), Optional.empty(), flips, MAX_PAIRS);
  }

  /**
   * Opens the model with its head, to be asked and edited on as many threads as its options say.
   *
   * @throws org.evenhand.onnx.OnnxException if the file cannot be read or has no such head
   */
  public OnnxHeadedClassifier open() {
    LinearAlgebra.useThreads(model.options().threads());
    return OnnxHeadedClassifier.open(model.path(), model.options(), headLayers);
  }

  /** The files that are read, which must not be overwritten. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(model.files());
    files.addAll(rows.files());
    train.ifPresent(files::add);
    images.ifPresent(given -> files.addAll(given.files()));
    files.addAll(flips.files());
    return files;
  }

  /** The files that are read beside the model's, with their hashes. */
  public List<Provenance.Artefact> artefacts() {
    List<Provenance.Artefact> artefacts = new ArrayList<>(rows.artefacts());
    train.ifPresent(file -> artefacts.add(Artefacts.of("train", file)));
    images.ifPresent(given -> artefacts.addAll(given.artefacts()));
    flips.files().forEach(file -> artefacts.add(Artefacts.of("pairs", file)));
    return artefacts;
  }
}
