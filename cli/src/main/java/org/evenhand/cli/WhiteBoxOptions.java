package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.unlearning.LinearAlgebra;
import picocli.CommandLine.Mixin;

/** Where a model that is looked into, its rows and their counterparts come from. */
final class WhiteBoxOptions {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private HeadOptions head = new HeadOptions();
  @Mixin private FlipOptions flips = new FlipOptions();

  /** Refuses options that do not go together. */
  void check() {
    DataOptions rows = rows();
    images.check(true, rows.file().isPresent());
    rows.check();
    flips.requireConsistent();
    head.maxPairs();
  }

  /** The options of the rows, by whichever name their file was given. */
  DataOptions rows() {
    return head.rows(data);
  }

  /** The model's file, to be asked and edited on so many threads. */
  ModelSource.File file(RunOptions run) {
    int threads = run.threads();
    LinearAlgebra.useThreads(threads);
    return head.file(model.source(threads, run.seed()));
  }

  ImageOptions images() {
    return images;
  }

  HeadOptions head() {
    return head;
  }

  FlipOptions flips() {
    return flips;
  }

  /**
   * The files that are read, which must not be overwritten.
   *
   * @param deployed the model's file
   */
  List<Path> inputs(ModelSource.File deployed) {
    List<Path> inputs = new ArrayList<>(deployed.files());
    inputs.addAll(rows().files());
    head.train().ifPresent(inputs::add);
    inputs.addAll(images.files());
    inputs.addAll(flips.files());
    return inputs;
  }

  /** The files that are read beside the model's, with their hashes. */
  List<Provenance.Artefact> artefacts() {
    List<Provenance.Artefact> artefacts = new ArrayList<>(rows().artefacts());
    head.train().ifPresent(file -> artefacts.add(Artefacts.of("train", file)));
    artefacts.addAll(images.artefacts());
    flips.files().forEach(file -> artefacts.add(Artefacts.of("pairs", file)));
    return artefacts;
  }
}
