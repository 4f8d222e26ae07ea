package org.evenhand.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Progress;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;

/**
 * A deployed model behind the Open Inference Protocol v2.
 *
 * <p>Its metadata say what it takes: one {@code [-1,1]} or {@code [-1]} tensor per column, named
 * like the column, or one {@code [-1,d]} tensor with {@link ModelContract#features}. They also say
 * which output is read ({@link #describe}): logits where there are any, else probabilities of K
 * classes, else one sigmoid for two classes, else class labels, which make {@link Answers.Hard}. A
 * server that declares nothing needs features, output and classes from the options.
 *
 * <p>A number that is missing is sent as JSON {@code null}. What failed in passing (no connection,
 * time-out, 429, 500, 502, 503, 504) is asked again after a pause; nothing else is. With {@link
 * HttpOptions#answerCache} every answer is kept on disk as soon as it arrives, by the hash of the
 * URL, the metadata and the row, and not asked for again: delete the folder when a model has
 * changed and its metadata have not.
 *
 * <pre>{@code
 * HttpOptions options = HttpOptions.builder().answerCache(Path.of("answers")).build();
 * try (HttpClassifier model = HttpClassifier.open("http://host/v2/models/loans", options)) {
 *   Answers answers = model.answer(people);
 * }
 * }</pre>
 */
public final class HttpClassifier implements DeployedModel {
  private final ModelAddress address;
  private final HttpOptions options;
  private final Progress progress;
  private final ModelServer server;
  private final ModelMetadata metadata;
  private final List<ModelInput> inputs;
  private final OutputReader output;
  private final Optional<AnswerCache> cache;

  private HttpClassifier(String url, HttpOptions options, Progress progress) {
    this.address = ModelAddress.of(url);
    this.options = options;
    this.progress = progress;
    this.server = new ModelServer(options);
    Question question = Question.metadata(address);
    this.metadata = ModelMetadata.read(server.ask(question), question);
    this.inputs = ModelInput.of(metadata.inputs(), options.contract());
    this.output = new OutputChoice(metadata.outputs(), options.contract()).reader();
    this.cache =
        options
            .answerCache()
            .map(folder -> AnswerCache.open(folder, address.fileName(), identity()));
  }

  /** All that the answer to a row depends on, beside the row. */
  private byte[] identity() {
    ByteArrayOutputStream identity = new ByteArrayOutputStream();
    identity.writeBytes((address + "\n").getBytes(StandardCharsets.UTF_8));
    identity.writeBytes(metadata.canonical());
    String read = "\n%s\n%s\n%s".formatted(inputs, output.describe(), output.classes().names());
    identity.writeBytes(read.getBytes(StandardCharsets.UTF_8));
    return identity.toByteArray();
  }

  /**
   * Whether a text is meant as a URL, rather than as a file.
   *
   * @param model what the user calls the model
   */
  public static boolean isUrl(String model) {
    return model.matches("(?i)https?://.*");
  }

  /**
   * Opens a model with the default options.
   *
   * @param url {@code http(s)://HOST/v2/models/NAME}, with {@code /versions/VERSION} if need be
   * @throws HttpModelException as {@link #open(String, HttpOptions, Progress)}
   */
  public static HttpClassifier open(String url) {
    return open(url, HttpOptions.defaults(), Progress.NONE);
  }

  /**
   * Opens a model.
   *
   * @param url {@code http(s)://HOST/v2/models/NAME}, with {@code /versions/VERSION} if need be
   * @param options how it is asked
   * @param progress told about every batch that is answered
   * @throws HttpModelException if the URL is not that of a model, its metadata cannot be had or do
   *     not describe a classifier, or the answer cache cannot be used
   * @throws org.evenhand.core.CoreException if the contract does not fit the model
   */
  public static HttpClassifier open(String url, HttpOptions options, Progress progress) {
    return new HttpClassifier(url, options, progress);
  }

  @Override
  public List<InputColumn> inputs() {
    return inputs.stream().flatMap(input -> input.read().stream()).toList();
  }

  @Override
  public Classes classes() {
    return output.classes();
  }

  @Override
  public String describe() {
    return "Answers are read from output %s of %s; %s."
        .formatted(output.describe(), address, output.named().describe());
  }

  /** None: a server does not say which categories its model knows. */
  @Override
  public List<String> warnings(Table table) {
    return List.of();
  }

  /** The URL with the hash and the size of the metadata: all of a model that its server shows. */
  @Override
  public Provenance.Artefact artefact() {
    return new Provenance.Artefact(
        "model", address.toString(), metadata.sha256(), metadata.canonical().length);
  }

  /**
   * The answers to all rows: {@link Answers.Soft} unless the output holds labels.
   *
   * @param table has every column of {@link #inputs}, of the same kind; further ones are ignored
   * @throws org.evenhand.core.CoreException if a column is missing or of the wrong kind
   * @throws HttpModelException if a column holds what the input cannot take, if the server cannot
   *     be asked, or if an answer is not what its metadata promise
   */
  @Override
  public Answers answer(Table table) {
    InputColumn.requireAll(inputs(), table);
    TableRows rows = new TableRows(inputs, table);
    RowAnswer[] answers = new RowAnswer[table.rows()];
    String[] keys = new String[table.rows()];
    int[] open =
        IntStream.range(0, table.rows())
            .filter(row -> !answeredBefore(rows, row, keys, answers))
            .toArray();
    askAll(rows, batches(open), keys, answers);
    return output.answers(answers);
  }

  private boolean answeredBefore(TableRows rows, int row, String[] keys, RowAnswer[] answers) {
    if (cache.isEmpty()) {
      return false;
    }
    keys[row] = cache.get().key(rows.content(row));
    Optional<RowAnswer> kept = cache.get().find(keys[row]);
    kept.ifPresent(answer -> answers[row] = answer);
    return kept.isPresent();
  }

  private List<int[]> batches(int[] open) {
    boolean singly = metadata.inputs().stream().anyMatch(input -> input.shape().get(0) == 1);
    int size = singly ? 1 : options.batchSize();
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < open.length; from += size) {
      batches.add(Arrays.copyOfRange(open, from, Math.min(from + size, open.length)));
    }
    return batches;
  }

  /**
   * Each worker has one request in flight, its pauses included, which bounds their number. Once a
   * batch has failed no further one is sent: its answers would reach nobody.
   */
  private void askAll(TableRows rows, List<int[]> batches, String[] keys, RowAnswer[] answers) {
    if (batches.isEmpty()) {
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(Math.min(options.concurrency(), batches.size()));
    AtomicInteger done = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (int[] batch : batches) {
        asked.add(
            workers.submit(
                () -> {
                  if (!failed.get()) {
                    askOrFail(rows, batch, keys, answers, failed);
                    progress.step("asking the model", done.incrementAndGet(), batches.size());
                  }
                }));
      }
      for (Future<?> batch : asked) {
        batch.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new HttpModelException("Asking %s failed.".formatted(address), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpModelException("Asking %s was interrupted.".formatted(address), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void askOrFail(
      TableRows rows, int[] batch, String[] keys, RowAnswer[] answers, AtomicBoolean failed) {
    try {
      ask(rows, batch, keys, answers);
    } catch (RuntimeException e) {
      // Before this worker can take the next batch.
      failed.set(true);
      throw e;
    }
  }

  private void ask(TableRows rows, int[] batch, String[] keys, RowAnswer[] answers) {
    Question question =
        Question.answers(
            address, rows.request(batch, output.name()), batch[0], batch[batch.length - 1]);
    RowAnswer[] given = output.read(server.ask(question), question, rows, batch);
    cache.ifPresent(
        kept -> kept.add(Arrays.stream(batch).mapToObj(row -> keys[row]).toList(), given));
    for (int i = 0; i < batch.length; i++) {
      answers[batch[i]] = given[i];
    }
  }

  /** Closes the answer cache. */
  @Override
  public void close() {
    cache.ifPresent(AnswerCache::close);
  }
}
