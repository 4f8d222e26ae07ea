package org.evenhand.workflow;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.evenhand.core.Artefacts;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.ProcessEnd;
import org.evenhand.core.Provenance;
import org.evenhand.core.TemporaryFiles;

/**
 * Output files that appear together: each is written under a temporary name beside its target, and
 * only when all of them are complete are they moved into place, all or none. Until then a failure
 * changes nothing and leaves nothing behind; what was there before is put back if one cannot be
 * moved.
 */
public final class StagedFiles implements AutoCloseable {
  private final Map<Path, Path> temporaryOf = new LinkedHashMap<>();

  /**
   * Writes one file under its temporary name.
   *
   * @param target where it belongs in the end
   * @param writer writes the file that it is given
   * @return the temporary file, to be read until all are moved
   * @throws WorkflowException if it cannot be written; the message names the target
   */
  public Path write(Path target, Consumer<Path> writer) {
    Path temporary = TemporaryFiles.beside(target);
    temporaryOf.put(target, temporary);
    try {
      writer.accept(temporary);
    } catch (EvenhandException e) {
      // The user knows the target and never sees the temporary name.
      String message = String.valueOf(e.getMessage());
      throw new WorkflowException(message.replace(temporary.toString(), target.toString()), e);
    }
    return temporary;
  }

  /**
   * The written file with its hash, by the name that it will have.
   *
   * @param role such as {@code model}
   * @param target where it belongs in the end
   */
  public Provenance.Artefact artefact(String role, Path target) {
    Provenance.Artefact written = Artefacts.of(role, temporaryOf.getOrDefault(target, target));
    return new Provenance.Artefact(role, target.toString(), written.sha256(), written.bytes());
  }

  /** One move with what it replaced. */
  private record Moved(Path target, Optional<Path> replaced) {}

  /**
   * Moves all files to where they belong, what was written first last: where a process is killed
   * between two moves, no model lies there without what describes it.
   *
   * @throws WorkflowException if one cannot be moved; then all are as they were
   */
  public void moveIntoPlace() {
    Deque<Moved> done = new ArrayDeque<>();
    try {
      ProcessEnd.waitsFor(
          () -> {
            moveAll(done);
            return done;
          });
    } catch (IOException e) {
      throw new WorkflowException(
          "'%s' cannot be put in place (%s), so none of the files was changed; see that nothing else writes there, and try again."
              .formatted(e instanceof NotMoved failed ? failed.target : "?", reason(e)),
          e);
    } finally {
      done.forEach(moved -> moved.replaced().ifPresent(TemporaryFiles::discard));
    }
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /** Which file it was. */
  private static final class NotMoved extends IOException {
    private static final long serialVersionUID = 1L;
    private final String target;

    NotMoved(Path target, IOException cause) {
      super(cause);
      this.target = target.toString();
    }
  }

  private void moveAll(Deque<Moved> done) throws NotMoved {
    List<Map.Entry<Path, Path>> files = new ArrayList<>(temporaryOf.entrySet());
    Collections.reverse(files);
    for (Map.Entry<Path, Path> file : files) {
      Path target = file.getKey();
      Optional<Path> replaced = Optional.empty();
      try {
        if (Files.exists(target)) {
          replaced = Optional.of(TemporaryFiles.beside(target));
          keepBeside(target, replaced.get());
        }
        move(file.getValue(), target);
        done.push(new Moved(target, replaced));
      } catch (IOException e) {
        NotMoved failure = new NotMoved(target, e);
        replaced.ifPresent(TemporaryFiles::discard);
        putBack(done, failure);
        throw failure;
      }
    }
  }

  private static void putBack(Deque<Moved> done, NotMoved failure) {
    while (!done.isEmpty()) {
      Moved moved = done.pop();
      try {
        Files.deleteIfExists(moved.target());
        if (moved.replaced().isPresent()) {
          move(moved.replaced().get(), moved.target());
        }
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Not moved away: whatever happens, the target is the old file or the new one. */
  private static void keepBeside(Path target, Path copy) throws IOException {
    try {
      Files.createLink(copy, target);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(target, copy);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    temporaryOf.values().forEach(TemporaryFiles::discard);
  }
}
