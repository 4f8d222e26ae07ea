package org.evenhand.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenhand.core.Artefacts;
import org.evenhand.core.AtomicFile;

/**
 * Finished parts of a long experiment, and what they are made from, each in a file named by a hash
 * of all that decides its content: a run that was stopped goes on where it was, and nothing old is
 * taken for new.
 *
 * @param folder where the files lie
 */
record PartStore(Path folder) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  PartStore {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ExperimentException(
          "The folder '%s' for finished parts cannot be made: %s; name another one with --work."
              .formatted(folder, e.getMessage()));
    }
  }

  /** Sixteen hexadecimal digits that differ if anything does. */
  static String key(Object... decidedBy) {
    byte[] text = List.of(decidedBy).toString().getBytes(StandardCharsets.UTF_8);
    return Artefacts.sha256(text).substring(0, 16);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * A finished part, if there is one.
   *
   * @param type what it is read as
   */
  <P> Optional<P> part(String name, Class<P> type) {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (IOException e) {
      throw new ExperimentException(
          "The finished part '%s' cannot be read: %s; delete it, and it is made again."
              .formatted(file, e.getMessage()));
    }
  }

  /**
   * A finished part, made and kept if it is not there.
   *
   * @param type what is kept
   * @param work makes it
   */
  <P> P part(String name, Class<P> type, Supplier<P> work) {
    return part(name, type)
        .orElseGet(
            () -> {
              P part = work.get();
              keep(name, part);
              return part;
            });
  }

  void keep(String name, Object part) {
    AtomicFile.write(file(name), out -> out.write(json(part)));
  }

  static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
