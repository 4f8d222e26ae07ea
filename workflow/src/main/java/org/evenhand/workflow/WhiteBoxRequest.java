package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.onnx.OnnxHeadedClassifier;

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

  /**
   * Opens the model with its head.
   *
   * @throws org.evenhand.onnx.OnnxException if the file cannot be read or has no such head
   */
  public OnnxHeadedClassifier open() {
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
