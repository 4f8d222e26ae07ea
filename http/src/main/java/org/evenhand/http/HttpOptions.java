package org.evenhand.http;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Setting;

/**
 * How a model server is asked. Batch size, concurrency, retries and cache change no answer.
 *
 * <p>Options can be sent to other processes, as in a closure of Spark, unless they hold a token:
 * what is sent may be kept in files and logs. Read it where the model is opened.
 *
 * <pre>{@code
 * LazyClassifier.of(
 *     () -> {
 *       HttpOptions.Builder options = HttpOptions.builder().batchSize(64);
 *       BearerToken.from(System.getenv()).ifPresent(options::token);
 *       return HttpClassifier.open(url, options.build(), Progress.NONE);
 *     });
 * }</pre>
 *
 * @param contract what is declared of the model
 * @param datatypes the protocol's datatype of inputs that the server does not declare, by name;
 *     {@link ModelContract#ONLY_INPUT} stands for all that are not named
 * @param parameters sent with every request, such as {@code content_type} = {@code pd} for a model
 *     that was trained on data frames
 * @param batchSize rows per request, at least 1
 * @param concurrency requests in flight at once, at least 1
 * @param timeout for one whole answer of the server, above 0
 * @param retries how often a request that failed in passing is repeated, at least 0
 * @param firstPause before the first repetition, above 0; each further one doubles
 * @param seed of the jitter that spreads the pauses
 * @param answerCache an existing or new folder that keeps the answers; empty to keep none
 * @param token sent with every request
 */
@SuppressWarnings("serial") // folder and token are written by another record, or not at all
public record HttpOptions(
    ModelContract contract,
    Map<String, String> datatypes,
    Map<String, String> parameters,
    int batchSize,
    int concurrency,
    Duration timeout,
    int retries,
    Duration firstPause,
    long seed,
    Optional<Path> answerCache,
    Optional<BearerToken> token)
    implements Serializable {
  /**
   * @throws HttpModelException if a number is out of its range
   */
  public HttpOptions {
    datatypes = Map.copyOf(datatypes);
    parameters = Map.copyOf(parameters);
    datatypes.values().forEach(HttpOptions::requireDatatype);
    requireAtLeast("batch size", batchSize, 1);
    requireAtLeast("number of requests in flight", concurrency, 1);
    requireAtLeast("number of retries", retries, 0);
    requirePositive("time-out", timeout);
    requirePositive("pause before a retry", firstPause);
  }

  private static void requireDatatype(String name) {
    if (Datatype.of(name).isEmpty()) {
      throw new HttpModelException(
          "'%s' is no datatype; those of the protocol are %s.".formatted(name, Datatype.all()),
          Setting.DATATYPE);
    }
  }

  /**
   * The same as Java serialises it.
   *
   * @param answerCache at most one folder
   */
  private record Written(
      ModelContract contract,
      Map<String, String> datatypes,
      Map<String, String> parameters,
      int batchSize,
      int concurrency,
      Duration timeout,
      int retries,
      Duration firstPause,
      long seed,
      List<String> answerCache)
      implements Serializable {
    private Object readResolve() {
      return new HttpOptions(
          contract,
          datatypes,
          parameters,
          batchSize,
          concurrency,
          timeout,
          retries,
          firstPause,
          seed,
          answerCache.stream().map(Path::of).findFirst(),
          Optional.empty());
    }
  }

  private Object writeReplace() throws NotSerializableException {
    if (token.isPresent()) {
      throw new NotSerializableException(
          "A bearer token is not sent to other processes; read it where the model is opened, with BearerToken.from(System.getenv()).");
    }
    return new Written(
        contract,
        datatypes,
        parameters,
        batchSize,
        concurrency,
        timeout,
        retries,
        firstPause,
        seed,
        answerCache.map(Path::toString).stream().toList());
  }

  /** Whether the server is to make a data frame of the inputs, which are then one per column. */
  boolean asksForDataFrame() {
    return "pd".equals(parameters.get("content_type"));
  }

  /** Whether the server need not say what the model takes and which classes it decides between. */
  boolean describeModel() {
    return !contract.features().isEmpty() && !contract.classes().isEmpty() && !datatypes.isEmpty();
  }

  private static void requireAtLeast(String what, int value, int least) {
    if (value < least) {
      throw new HttpModelException(
          "The %s is %d; it must be at least %d.".formatted(what, value, least));
    }
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new HttpModelException(
          "The %s is %s; it must be above 0.".formatted(what, Text.seconds(value)));
    }
  }

  /** Batches of 256 rows, 4 in flight, 30 s for an answer, 4 retries, no cache, no token. */
  public static HttpOptions defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the options; each method returns the builder. */
  public static final class Builder {
    private ModelContract contract = ModelContract.none();
    private Map<String, String> datatypes = Map.of();
    private Map<String, String> parameters = Map.of();
    private int batchSize = 256;
    private int concurrency = 4;
    private Duration timeout = Duration.ofSeconds(30);
    private int retries = 4;
    private Duration firstPause = Duration.ofMillis(250);
    private long seed = 1;
    private Optional<Path> answerCache = Optional.empty();
    private Optional<BearerToken> token = Optional.empty();

    private Builder() {}

    /**
     * Declares what the model does not say itself.
     *
     * @param declared see {@link HttpOptions#contract}
     */
    public Builder contract(ModelContract declared) {
      contract = declared;
      return this;
    }

    /**
     * Declares the datatypes of inputs that the server does not declare.
     *
     * @param byInput see {@link HttpOptions#datatypes}
     */
    public Builder datatypes(Map<String, String> byInput) {
      datatypes = byInput;
      return this;
    }

    /**
     * Sends parameters with every request.
     *
     * @param byName see {@link HttpOptions#parameters}
     */
    public Builder parameters(Map<String, String> byName) {
      parameters = byName;
      return this;
    }

    /**
     * Sets the rows per request.
     *
     * @param rows see {@link HttpOptions#batchSize}
     */
    public Builder batchSize(int rows) {
      batchSize = rows;
      return this;
    }

    /**
     * Sets how many requests may be in flight.
     *
     * @param requests see {@link HttpOptions#concurrency}
     */
    public Builder concurrency(int requests) {
      concurrency = requests;
      return this;
    }

    /**
     * Sets how long one answer may take.
     *
     * @param limit see {@link HttpOptions#timeout}
     */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /**
     * Sets how often a request is repeated.
     *
     * @param times see {@link HttpOptions#retries}
     */
    public Builder retries(int times) {
      retries = times;
      return this;
    }

    /**
     * Sets the pause before the first repetition.
     *
     * @param pause see {@link HttpOptions#firstPause}
     */
    public Builder firstPause(Duration pause) {
      firstPause = pause;
      return this;
    }

    /**
     * Sets the seed of the jitter.
     *
     * @param value see {@link HttpOptions#seed}
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Keeps the answers in a folder.
     *
     * @param folder see {@link HttpOptions#answerCache}
     */
    public Builder answerCache(Path folder) {
      answerCache = Optional.of(folder);
      return this;
    }

    /**
     * Sends a token with every request.
     *
     * @param secret see {@link HttpOptions#token}
     */
    public Builder token(BearerToken secret) {
      token = Optional.of(secret);
      return this;
    }

    /**
     * The options.
     *
     * @throws HttpModelException if a number is out of its range
     */
    public HttpOptions build() {
      return new HttpOptions(
          contract,
          datatypes,
          parameters,
          batchSize,
          concurrency,
          timeout,
          retries,
          firstPause,
          seed,
          answerCache,
          token);
    }
  }
}
