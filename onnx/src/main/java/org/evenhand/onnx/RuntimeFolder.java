package org.evenhand.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.TemporaryFiles;

/**
 * Unpacks ONNX Runtime's libraries into a folder that is gone when they are loaded, or, where the
 * system does not allow that, when the process ends. Left to itself it leaves its folder behind.
 */
final class RuntimeFolder {
  /** The property that tells ONNX Runtime where its libraries are. */
  private static final String NATIVE_PATH = "onnxruntime.native.path";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private RuntimeFolder() {}

  /**
   * Unpacks the libraries, unless they are somewhere already or this system has none.
   *
   * @return where they are
   * @throws IOException if the temporary folder cannot take them
   */
  static Optional<Path> unpacked() throws IOException {
    if (System.getProperty(NATIVE_PATH) != null || resource(LIBRARIES.get(0)).isEmpty()) {
      return Optional.empty();
    }
    Path folder =
        TemporaryFiles.folder(
            Path.of(System.getProperty("java.io.tmpdir")), "evenhand-onnxruntime");
    try {
      for (String library : LIBRARIES) {
        unpack(library, folder);
      }
    } catch (IOException e) {
      TemporaryFiles.discard(folder);
      throw e;
    }
    System.setProperty(NATIVE_PATH, folder.toString());
    return Optional.of(folder);
  }

  private static void unpack(String library, Path folder) throws IOException {
    try (InputStream in =
        OrtEnvironment.class.getResourceAsStream(resource(library).orElseThrow())) {
      if (in == null) {
        throw new IOException("'%s' is missing in its archive".formatted(library));
      }
      Files.copy(in, folder.resolve(System.mapLibraryName(library)));
    }
  }

  private static Optional<String> resource(String library) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String os =
        system.contains("win") && !system.contains("darwin")
            ? "win"
            : system.contains("mac") ? "osx" : "linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String arch = machine.startsWith("aarch64") ? "aarch64" : "x64";
    String name =
        "/ai/onnxruntime/native/%s-%s/%s".formatted(os, arch, System.mapLibraryName(library));
    return Optional.of(name).filter(found -> OrtEnvironment.class.getResource(found) != null);
  }

  /** Deletes the folder where a loaded library needs its file no more. */
  static void discard(Path folder) {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      TemporaryFiles.discard(folder);
    }
  }
}
