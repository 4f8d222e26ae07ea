package org.evenhand.core;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A classifier that can be sent to other processes, and is opened there when it is first asked:
 * once in each process, however many copies arrive and however many threads ask. That is what a
 * closure of Spark needs, whose tasks each get a copy.
 *
 * <pre>{@code
 * LazyClassifier<OnnxClassifier> model =
 *     LazyClassifier.of(() -> OnnxClassifier.open(Path.of("model.onnx"), options));
 * answers = rows.mapPartitions(part -> answers(model, part));
 * }</pre>
 *
 * <p>Closing it closes what this process has opened, for all copies, so close it where the job ends
 * and not in its tasks. Another process keeps the model until it ends.
 *
 * @param <M> what is opened
 */
public final class LazyClassifier<M extends Classifier> implements Classifier, Serializable {
  private static final long serialVersionUID = 1L;

  /** Never removed: a copy that arrives late must not open the model again. */
  private static final Map<UUID, Held> OPENED = new ConcurrentHashMap<>();

  /**
   * Opens a model in whichever process it is called.
   *
   * @param <M> what is opened
   */
  @FunctionalInterface
  public interface Opener<M extends Classifier> extends Serializable {
    /** The model, opened anew. */
    M open();
  }

  /** What this process has opened. */
  private static final class Held {
    private Optional<Classifier> model = Optional.empty();
    private boolean closed;

    synchronized Classifier opened(Opener<?> opener) {
      if (closed) {
        throw new CoreException(
            "The classifier was closed in this process and cannot be asked any more; close it where the last one has asked.");
      }
      if (model.isEmpty()) {
        model = Optional.of(opener.open());
      }
      return model.get();
    }

    synchronized void close() {
      closed = true;
      model.ifPresent(Classifier::close);
      model = Optional.empty();
    }
  }

  private final UUID id = UUID.randomUUID();
  private final Opener<M> opener;

  private LazyClassifier(Opener<M> opener) {
    this.opener = opener;
  }

  /**
   * A classifier that is opened later.
   *
   * @param opener what it captures must be serialisable, as options and paths as text are
   * @param <M> what is opened
   */
  public static <M extends Classifier> LazyClassifier<M> of(Opener<M> opener) {
    return new LazyClassifier<>(opener);
  }

  /**
   * The model of this process, which is opened if it was not yet.
   *
   * @throws CoreException if it was closed
   * @throws EvenhandException if it cannot be opened; the next call tries again
   */
  @SuppressWarnings("unchecked") // what has this id was opened by a copy of this opener
  public M opened() {
    return (M) OPENED.computeIfAbsent(id, first -> new Held()).opened(opener);
  }

  @Override
  public Classes classes() {
    return opened().classes();
  }

  @Override
  public Answers answer(Table inputs) {
    return opened().answer(inputs);
  }

  /** Closes the model of this process, if it was opened; asking afterwards is an error. */
  @Override
  public void close() {
    OPENED.computeIfAbsent(id, first -> new Held()).close();
  }
}
