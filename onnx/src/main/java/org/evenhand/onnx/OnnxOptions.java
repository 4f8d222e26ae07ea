package org.evenhand.onnx;

import java.util.List;
import java.util.Optional;

/**
 * How a model is opened and asked. Neither the batch size nor the number of threads changes an
 * answer.
 *
 * @param batchSize rows a call of ONNX Runtime, at least 1; fewer are asked at once where the
 *     images of so many rows take more than 64 MiB
 * @param threads how many batches are computed at once, each on one thread, at least 1; more than
 *     the machine has are not used
 * @param features the columns of a model with one tensor input {@code [N,d]}, in order; empty for a
 *     model with one input a column
 * @param classes the names of the classes in order, for models that do not name them; empty for
 *     "0", "1", …
 * @param output the output to read, or {@link #SIGMOID}; empty to find it by shape and name
 * @param strict whether a category that the model's encoder does not know is an error
 */
public record OnnxOptions(
    int batchSize,
    int threads,
    List<String> features,
    List<String> classes,
    Optional<String> output,
    boolean strict) {
  /** Declares, as the {@link #output}, that a model's K outputs are independent sigmoids. */
  public static final String SIGMOID = "sigmoid";

  /**
   * @throws OnnxException if the batch size or the number of threads is below 1
   */
  public OnnxOptions {
    features = List.copyOf(features);
    classes = List.copyOf(classes);
    if (batchSize < 1) {
      throw new OnnxException("The batch size is %d; it must be at least 1.".formatted(batchSize));
    }
    if (threads < 1) {
      throw new OnnxException(
          "The number of threads is %d; it must be at least 1.".formatted(threads));
    }
  }

  /** Batches of 8192 rows on one thread, everything else found in the file. */
  public static OnnxOptions defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the options; each method returns the builder. */
  public static final class Builder {
    private int batchSize = 8192;
    private int threads = 1;
    private List<String> features = List.of();
    private List<String> classes = List.of();
    private Optional<String> output = Optional.empty();
    private boolean strict;

    private Builder() {}

    /**
     * Sets the rows a call of ONNX Runtime.
     *
     * @param rows see {@link OnnxOptions#batchSize}
     */
    public Builder batchSize(int rows) {
      batchSize = rows;
      return this;
    }

    /**
     * Sets how many batches are computed at once.
     *
     * @param count see {@link OnnxOptions#threads}
     */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /**
     * Names the columns of the only input, in order.
     *
     * @param columns see {@link OnnxOptions#features}
     */
    public Builder features(List<String> columns) {
      features = columns;
      return this;
    }

    /**
     * Names the classes, in order.
     *
     * @param names see {@link OnnxOptions#classes}
     */
    public Builder classes(List<String> names) {
      classes = names;
      return this;
    }

    /**
     * Chooses the output to read, or declares {@link #SIGMOID}.
     *
     * @param name see {@link OnnxOptions#output}
     */
    public Builder output(String name) {
      output = Optional.of(name);
      return this;
    }

    /**
     * Makes an unknown category an error.
     *
     * @param errorOnUnknown see {@link OnnxOptions#strict}
     */
    public Builder strict(boolean errorOnUnknown) {
      strict = errorOnUnknown;
      return this;
    }

    /**
     * The options.
     *
     * @throws OnnxException if the batch size or the number of threads is below 1
     */
    public OnnxOptions build() {
      return new OnnxOptions(batchSize, threads, features, classes, output, strict);
    }
  }
}
