package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Progress;
import org.evenhand.http.HttpClassifier;
import org.evenhand.http.HttpOptions;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxException;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Where a deployed model is, and how it is asked. */
public sealed interface ModelSource {
  /**
   * Whether a text is meant as a URL, rather than as a file.
   *
   * @param model what the user calls the model
   */
  static boolean isUrl(String model) {
    return HttpClassifier.isUrl(model);
  }

  /**
   * An ONNX file with the usual options.
   *
   * @param path the file
   */
  static File of(Path path) {
    return new File(path, OnnxOptions.defaults());
  }

  /**
   * An ONNX file that does not name its classes.
   *
   * @param path the file
   * @param classes their names, in the model's order
   */
  static File of(Path path, List<String> classes) {
    return new File(path, OnnxOptions.of(ModelContract.none().withClasses(classes)));
  }

  /**
   * Finds out what the model takes and answers.
   *
   * @param progress told how far a server has answered
   */
  DeployedModel open(Progress progress);

  /**
   * The same for methods that edit its last layer; as a black box where it shows none.
   *
   * @param progress told how far a server has answered
   */
  default DeployedModel openInside(Progress progress) {
    return open(progress);
  }

  /** What must not be overwritten. */
  List<Path> files();

  /**
   * An ONNX file.
   *
   * @param path the file
   * @param options how it is read
   */
  record File(Path path, OnnxOptions options) implements ModelSource {
    @Override
    public OnnxClassifier open(Progress progress) {
      return OnnxClassifier.open(path, options);
    }

    @Override
    public DeployedModel openInside(Progress progress) {
      try {
        return OnnxHeadedClassifier.open(path, options);
      } catch (OnnxException noHead) {
        return open(progress);
      }
    }

    @Override
    public List<Path> files() {
      return List.of(path);
    }
  }

  /**
   * A model behind the Open Inference Protocol.
   *
   * @param url its address
   * @param options how it is asked
   */
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
