package org.evenhand.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
import org.evenhand.core.EvenhandException;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Progress;
import org.evenhand.core.Provenance;
import org.evenhand.core.ServedModel;
import org.evenhand.core.Table;

/**
 * A deployed model behind the Open Inference Protocol v2.
 *
 * <p>Its metadata say what it takes: one {@code [-1,1]} or {@code [-1]} tensor per column, named
 * like the column, or one {@code [-1,d]} tensor with {@link ModelContract#features}. They also say
 * which output is read ({@link #describe}): logits where there are any, else probabilities of K
 * classes, else one sigmoid for two classes, else class labels, which make {@link Answers.Hard}. A
 * server that declares nothing needs features and classes from the options, one that answers not
 * even metadata the datatype of the inputs as well; which output is read is then chosen among those
 * of the first answer.
 *
 * <p>A number that is missing is sent as JSON {@code null}. What failed in passing (no connection,
 * time-out, 429, 500, 502, 503, 504) is asked again after a pause; nothing else is. With {@link
 * HttpOptions#answerCache} every answer is kept on disk as soon as it arrives, by the hash of the
 * URL, the metadata and the row, and not asked for again: delete the folder when a model has
 * changed and its metadata have not.
 *
 * <p>Several threads may ask at once; each has its own {@link HttpOptions#concurrency} requests in
 * flight.
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
  private final ChosenOutput output;
  private final Optional<AnswerCache> cache;
  private volatile boolean labelsOnly;

  private HttpClassifier(String url, HttpOptions options, Progress progress) {
    this.address = ModelAddress.of(url);
    this.options = options;
    this.progress = progress;
    this.server = new ModelServer(options);
    this.metadata = described();
    this.inputs = ModelInput.of(metadata, options);
    boolean unbatched = ModelInput.takesOneRowUnsaid(metadata, options.contract());
    this.output =
        new ChosenOutput(
            (unbatched ? metadata.withRows() : metadata).outputs(), options.contract());
    this.cache =
        options
            .answerCache()
            .map(folder -> AnswerCache.open(folder, address.fileName(), identity()));
  }

  /** None where the server answers none and the options say all that is needed. */
  private ModelMetadata described() {
    Question question = Question.metadata(address);
    if (options.describeModel()) {
      return server
          .tryOnce(question)
          .map(reply -> ModelMetadata.read(reply, question))
          .orElseGet(ModelMetadata::none);
    }
    return ModelMetadata.read(server.ask(question), question);
  }

  /** All that the answer to a row depends on, beside the row. */
  private byte[] identity() {
    ByteArrayOutputStream identity = new ByteArrayOutputStream();
    identity.writeBytes((address + "\n").getBytes(StandardCharsets.UTF_8));
    identity.writeBytes(metadata.canonical());
    String read =
        "\n%s\n%s\n%s\n%s"
            .formatted(
                inputs,
                output.identity(),
                output.classes().names(),
                new TreeMap<>(options.parameters()));
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
    String read = labelsOnly ? output.reader().orElseThrow().describeLabels() : output.describe();
    String labels = read.endsWith("(class labels only)") ? " " + Answers.Hard.WAYS_TO_SCORES : "";
    return "Answers are read from output %s of %s; %s.%s"
        .formatted(read, address, output.named(), labels);
  }

  /**
   * The model as a step after it sees it.
   *
   * @throws HttpModelException before the first answer of a model whose output is not declared, and
   *     of one that answers with labels only
   */
  public ServedModel served() {
    OutputReader read =
        output
            .reader()
            .filter(reader -> !reader.namesClassesOnly())
            .orElseThrow(
                () ->
                    new HttpModelException(
                        "%s has not answered with scores, which a step after it needs."
                            .formatted(address)));
    return new ServedModel(
        inputs.stream()
            .map(
                input ->
                    new ServedModel.Input(
                        input.name(), input.datatype().name(), input.rank(), input.columns()))
            .toList(),
        read.output(),
        read.declared().orElse(Datatype.FP32).name(),
        read.classes());
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
    String[] keys = keys(rows, table.rows());
    int[] all = IntStream.range(0, table.rows()).toArray();
    if (output.reader().isEmpty() && all.length > 0) {
      settleOutput(rows, batches(all).get(0), keys, answers);
    }
    int[] open = Arrays.stream(all).filter(row -> !answeredBefore(row, keys, answers)).toArray();
    askAll(rows, batches(open), keys, answers);
    Answers given = output.reader().orElseThrow().answers(answers);
    if (all.length > 0) {
      labelsOnly = given instanceof Answers.Hard;
    }
    return given;
  }

  private String[] keys(TableRows rows, int count) {
    String[] keys = new String[count];
    cache.ifPresent(kept -> Arrays.setAll(keys, row -> kept.key(rows.content(row))));
    return keys;
  }

  private boolean answeredBefore(int row, String[] keys, RowAnswer[] answers) {
    if (answers[row] != null) {
      return true;
    }
    // What another version or hand has put there is not taken for an answer of this output.
    Optional<RowAnswer> kept =
        cache
            .flatMap(answered -> answered.find(keys[row]))
            .filter(output.reader().orElseThrow()::canHaveRead);
    kept.ifPresent(answer -> answers[row] = answer);
    return kept.isPresent();
  }

  /** One thread settles which output is read; others that ask meanwhile wait for it. */
  private synchronized void settleOutput(
      TableRows rows, int[] batch, String[] keys, RowAnswer[] answers) {
    if (output.reader().isEmpty()) {
      askFirst(rows, batch, keys, answers);
    }
  }

  /**
   * Asks the batch that settles which output is read. Some servers, such as DJL Serving, answer all
   * outputs or none.
   */
  private void askFirst(TableRows rows, int[] batch, String[] keys, RowAnswer[] answers) {
    if (output.wanted().isEmpty()) {
      ask(rows, batch, keys, answers);
      return;
    }
    try {
      ask(rows, batch, keys, answers);
    } catch (HttpModelException named) {
      output.wantAll();
      try {
        ask(rows, batch, keys, answers);
      } catch (EvenhandException all) {
        named.addSuppressed(all);
        throw named;
      }
    }
  }

  private List<int[]> batches(int[] open) {
    boolean singly =
        inputs.stream().anyMatch(input -> !input.batched())
            || metadata.inputs().stream().anyMatch(input -> input.shape().get(0) == 1);
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
            address,
            rows.request(batch, output.wanted(), options.parameters()),
            batch[0],
            batch[batch.length - 1]);
    Reply reply = Reply.read(server.ask(question), question, batch.length);
    RowAnswer[] given = output.reader(reply).read(reply, rows, batch);
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
