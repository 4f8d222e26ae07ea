package org.evenhand.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.evenhand.core.Artefacts;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Provenance;

/**
 * Output files that appear together: each is written under a temporary name beside its target, and
 * only when all of them are complete are they moved into place. Until then a failure changes
 * nothing and leaves nothing behind.
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
    Path temporary =
        target.resolveSibling(".%s.%s".formatted(target.getFileName(), UUID.randomUUID()));
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

  /**
   * Moves all files to where they belong, in the order in which they were written.
   *
   * @throws WorkflowException if one cannot be moved
   */
  public void moveIntoPlace() {
    temporaryOf.forEach(
        (target, temporary) -> {
          try {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
          } catch (IOException e) {
            throw new WorkflowException(
                "'%s' cannot be put in place (%s); see that nothing else writes there, and try again."
                    .formatted(target, e),
                e);
          }
        });
  }

  @Override
  public void close() {
    for (Path temporary : temporaryOf.values()) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // The failure that matters is already on its way to the user.
      }
    }
  }
}
