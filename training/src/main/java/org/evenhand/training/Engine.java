package org.evenhand.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.PackedLibrary;
import org.evenhand.core.ProcessEnd;

/**
 * libtorch, set up, and the way of numbers there and back. Whatever calls it does so within a
 * {@link PointerScope}, whose end frees the native memory.
 */
final class Engine {
  private static boolean loaded;

  private final org.bytedeco.pytorch.Device device;

  private Engine(org.bytedeco.pytorch.Device device) {
    this.device = device;
  }

  /**
   * The engine on a device.
   *
   * @throws TrainingException if there is no such device here
   * @throws org.evenhand.core.CoreException if libtorch cannot be unpacked or loaded
   */
  static Engine start(Device device) {
    load();
    if (device.cuda() && !torch.cuda_is_available()) {
      throw new TrainingException(
          "There is no device '%s' here: it takes an NVIDIA card with its driver, and org.bytedeco:pytorch with the classifier linux-x86_64-gpu (docs/dependencies.md); use the device cpu."
              .formatted(device.name()));
    }
    return new Engine(new org.bytedeco.pytorch.Device(device.name()));
  }

  private static synchronized void load() {
    if (!loaded) {
      PackedLibrary library = library();
      try {
        loaded = library.start(Engine::unpackAndLoad);
      } catch (IOException e) {
        throw library.notStarted(e);
      }
    }
    ownThread();
  }

  private static PackedLibrary library() {
    Path folder;
    try {
      folder = Loader.getCacheDir().toPath();
    } catch (IOException e) {
      folder = Path.of(System.getProperty("user.home", ""));
    }
    return new PackedLibrary("PyTorch", folder, 450, "org.bytedeco.javacpp.cachedir");
  }

  private static boolean unpackAndLoad() throws IOException {
    // Else a libtorch of the system may be loaded in place of the one not yet unpacked. The
    // artefact is for the processor or for graphics cards too; what is not there is passed over.
    for (String extension : new String[] {"", "-gpu"}) {
      Loader.cacheResources(
          "/org/bytedeco/pytorch/" + Loader.getPlatform() + extension + "/libtorch_cpu.so");
    }
    // OpenBLAS's threads and libtorch's would spin against each other.
    openblas.blas_set_num_threads(1);
    return true;
  }

  /**
   * Keeps libtorch on the calling thread. Its own threads spin while they wait for each other: on a
   * machine whose cores are shared, two were measured to train a small network at a ninth of the
   * speed of one.
   */
  static void ownThread() {
    torch.set_num_threads(1);
  }

  /** A tensor of 32-bit numbers. */
  Tensor tensor(float[] values, long... shape) {
    return step(() -> AbstractTensor.create(values, shape).to(device, torch.ScalarType.Float));
  }

  /** A tensor's numbers, row-major. */
  static float[] values(Tensor tensor) {
    return scoped(
        () -> {
          Tensor here = tensor.detach().cpu().contiguous();
          float[] values = new float[Math.toIntExact(here.numel())];
          if (values.length > 0) {
            here.data_ptr_float().get(values);
          }
          return values;
        });
  }

  /**
   * Work that the end of the process waits for: libtorch is taken down with the process, and what
   * still runs in it then crashes.
   *
   * @param work takes seconds at most
   */
  static <T> T step(Supplier<T> work) {
    return ProcessEnd.waitsFor(work::get);
  }

  /** Frees, when work ends, all native memory that it took. */
  static <T> T scoped(Supplier<T> work) {
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /** Work of which no gradient will be asked, freed as in {@link #scoped}. */
  static <T> T withoutGradients(Supplier<T> work) {
    return scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try {
            return work.get();
          } finally {
            guard.close();
          }
        });
  }
}
