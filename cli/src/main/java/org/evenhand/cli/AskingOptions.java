package org.evenhand.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.ModelContract;
import org.evenhand.http.BearerToken;
import org.evenhand.http.HttpOptions;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ModelSource;
import picocli.CommandLine.Option;

/** How a deployed model is asked. */
@Under(Heading.MODEL)
final class AskingOptions {
  @Option(
      names = "--features",
      paramLabel = "COLUMN,...",
      description =
          "The columns of the model's tensor input, in its order; for several inputs num=a,b;cat=c.")
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--classes",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "The names of the classes in the model's order, if the model does not name them.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "The model's output to read, or 'sigmoid' for independent sigmoids (default: found by shape and name).")
  private Optional<String> output = Optional.empty();

  @Under(Heading.URL)
  @Option(
      names = "--datatype",
      paramLabel = "TYPE,...",
      split = ",",
      description =
          "The datatype of inputs that the server does not declare: one for all, such as FP32, or one per input, such as FP64,city=BYTES.")
  private List<String> datatypes = new ArrayList<>();

  @Under(Heading.URL)
  @Option(
      names = "--request-parameter",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter that is sent with every request, such as content_type=pd for a model on MLServer that was trained on data frames. Repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--strict",
      description =
          "Treat a category that the model's encoder does not know as an error (default: a warning).")
  private boolean strict;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      description =
          "How many rows the model is asked about at once (default: 8192 for a file, 256 for a URL). Changes no figure.")
  private Optional<Integer> batchSize = Optional.empty();

  @Under(Heading.URL)
  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many requests are in flight at once (default ${DEFAULT-VALUE}).")
  private int concurrency;

  @Under(Heading.URL)
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long one answer may take (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Under(Heading.URL)
  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often a failed request is repeated (default ${DEFAULT-VALUE}).")
  private int retries;

  @Under(Heading.URL)
  @Option(
      names = "--answer-cache",
      paramLabel = "FOLDER",
      description =
          "Keep the model's answers in this folder, so that an interrupted run asks for none of them twice.")
  private Optional<Path> answerCache = Optional.empty();

  /**
   * A model that is asked as the options say.
   *
   * @param name its file or URL
   * @param threads of an ONNX file
   * @param seed of the pauses between retries
   */
  ModelSource source(String name, int threads, long seed) {
    return ModelSource.isUrl(name)
        ? new ModelSource.Url(name, http(seed))
        : new ModelSource.File(Path.of(name), onnx(threads));
  }

  private HttpOptions http(long seed) {
    if (strict) {
      throw new CliException(
          "--strict needs the model's file: a server does not say which categories its model knows.");
    }
    HttpOptions.Builder builder =
        HttpOptions.builder()
            .concurrency(concurrency)
            .timeout(Duration.ofSeconds(timeout))
            .retries(retries)
            .seed(seed)
            .contract(contract())
            .datatypes(byInput(datatypes))
            .parameters(parameters);
    batchSize.ifPresent(builder::batchSize);
    answerCache.ifPresent(builder::answerCache);
    BearerToken.from(System.getenv()).ifPresent(builder::token);
    return builder.build();
  }

  private static Map<String, String> byInput(List<String> datatypes) {
    Map<String, String> byInput = new LinkedHashMap<>();
    for (String given : datatypes) {
      int equals = given.lastIndexOf('=');
      byInput.put(
          equals < 0 ? ModelContract.ONLY_INPUT : given.substring(0, equals),
          given.substring(equals + 1));
    }
    return byInput;
  }

  private OnnxOptions onnx(int threads) {
    OnnxOptions options = OnnxOptions.of(contract()).withThreads(threads).withStrict(strict);
    return batchSize.map(options::withBatchSize).orElse(options);
  }

  private ModelContract contract() {
    return new ModelContract(Features.parse(features), classes, output);
  }

  List<String> classes() {
    return classes;
  }
}
