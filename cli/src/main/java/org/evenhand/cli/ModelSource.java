package org.evenhand.cli;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Progress;
import org.evenhand.http.HttpClassifier;
import org.evenhand.http.HttpOptions;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Where a deployed model is, and how it is asked. */
sealed interface ModelSource {
  /**
   * Finds out what the model takes and answers.
   *
   * @param progress told how far a server has answered
   */
  DeployedModel open(Progress progress);

  /** What must not be overwritten. */
  List<Path> files();

  /** An ONNX file. */
  record File(Path path, OnnxOptions options) implements ModelSource {
    @Override
    public OnnxClassifier open(Progress progress) {
      return OnnxClassifier.open(path, options);
    }

    @Override
    public List<Path> files() {
      return List.of(path);
    }
  }

  /** A model behind the Open Inference Protocol. */
  record Url(String url, HttpOptions options) implements ModelSource {
    @Override
    public HttpClassifier open(Progress progress) {
      return HttpClassifier.open(url, options, progress);
    }

    @Override
    public List<Path> files() {
      return List.of();
    }
  }
}
