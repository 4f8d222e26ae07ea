package org.evenhand.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenhand.core.Artefacts;
import org.evenhand.core.AtomicFile;
import org.evenhand.core.CoreException;

/**
 * The file in which a training's state survives the program. Its name is a hash of all that the
 * network depends on, so that only the same training finds it again.
 *
 * @param file none if no checkpoints are wanted
 */
record Checkpoint(Optional<Path> file) {
  private static final int FORMAT = 0x45564831;

  /**
   * @param folder of all checkpoints
   * @param identity all that the network depends on
   * @throws TrainingException if there is no such folder
   */
  static Checkpoint of(Optional<Path> folder, Supplier<byte[]> identity) {
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw new TrainingException(
          "There is no folder '%s' for checkpoints; make it first.".formatted(folder.get()));
    }
    return new Checkpoint(
        folder.map(
            path ->
                path.resolve(
                    "training-%s.checkpoint"
                        .formatted(Artefacts.sha256(identity.get()).substring(0, 32)))));
  }

  /**
   * Replaces the state.
   *
   * @throws TrainingException if it cannot be written
   */
  void save(TrainingState state) {
    if (file.isEmpty()) {
      return;
    }
    try {
      AtomicFile.write(
          file.get(),
          stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(FORMAT);
            out.writeInt(state.epochs());
            out.writeLong(state.steps());
            out.writeInt(state.bestEpoch());
            out.writeDouble(state.bestLoss());
            write(state.current(), out);
            write(state.best(), out);
            write(state.mean(), out);
            write(state.square(), out);
            out.flush();
          });
    } catch (CoreException e) {
      throw new TrainingException(
          "Training stopped after epoch %d because its checkpoint cannot be kept: %s"
              .formatted(state.epochs(), e.getMessage()),
          e);
    }
  }

  /**
   * The state, if there is one.
   *
   * @throws TrainingException if it cannot be read
   */
  Optional<TrainingState> load() {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file.get())))) {
      if (in.readInt() != FORMAT) {
        throw new IOException("it is another kind of file");
      }
      return Optional.of(
          new TrainingState(
              in.readInt(),
              in.readLong(),
              in.readInt(),
              in.readDouble(),
              snapshot(in),
              snapshot(in),
              floats(in),
              floats(in)));
    } catch (EOFException e) {
      throw unreadable("it ends early", e);
    } catch (IOException e) {
      throw unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private TrainingException unreadable(String why, IOException e) {
    return new TrainingException(
        "The checkpoint '%s' cannot be read (%s); delete it to train from the beginning."
            .formatted(file.orElseThrow(), why),
        e);
  }

  /** Deletes the state of a training that is done. */
  void delete() {
    file.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException e) {
            throw new TrainingException(
                "The checkpoint '%s' of a training that is done cannot be deleted (%s); delete it yourself."
                    .formatted(path, e.getMessage()),
                e);
          }
        });
  }

  private static void write(Weights.Snapshot snapshot, DataOutputStream out) throws IOException {
    write(snapshot.trained(), out);
    write(snapshot.measured(), out);
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  private static Weights.Snapshot snapshot(DataInputStream in) throws IOException {
    return new Weights.Snapshot(floats(in), floats(in));
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    in.readFully(bytes.array());
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
