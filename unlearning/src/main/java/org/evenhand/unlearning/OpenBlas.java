package org.evenhand.unlearning;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.evenhand.core.PackedLibrary;

/** Starts OpenBLAS when it is first needed, so that its failure is told in one sentence. */
final class OpenBlas {
  private static volatile boolean started;

  private OpenBlas() {}

  /**
   * Returns at once if it is started.
   *
   * @throws org.evenhand.core.CoreException if it cannot be unpacked or loaded
   */
  static void require() {
    if (!started) {
      start();
    }
  }

  private static synchronized void start() {
    PackedLibrary library =
        new PackedLibrary("OpenBLAS", folder(), 100, "org.bytedeco.javacpp.cachedir");
    started =
        library.start(
            () -> {
              // Its own threads spin until all are done: on a busy machine two are ten times
              // slower than one.
              openblas.blas_set_num_threads(1);
              return true;
            });
  }

  /** Where JavaCPP keeps what it has unpacked, for all processes. */
  private static Path folder() {
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      return Path.of(System.getProperty("user.home", ""));
    }
  }
}
