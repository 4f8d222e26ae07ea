package org.evenhand.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.AtomicFile;
import org.evenhand.core.CoreException;
import org.evenhand.data.CsvTable;
import org.evenhand.data.DataException;

/**
 * Finds public data sets: in the folder that {@code EVENHAND_DATA} names, else in the local cache
 * ({@code $XDG_CACHE_HOME/evenhand} or {@code ~/.cache/evenhand}), else at their public source,
 * from which {@link Dataset#COMPAS} is downloaded, checked by SHA-256 and derived into the cache.
 * It never writes into {@code EVENHAND_DATA}.
 */
public final class Catalogue {
  private final Optional<Path> dataFolder;
  private final Path cacheFolder;
  private final PublicSource compas;

  Catalogue(Optional<Path> dataFolder, Path cacheFolder, PublicSource compas) {
    this.dataFolder = dataFolder;
    this.cacheFolder = cacheFolder;
    this.compas = compas;
  }

  /** The catalogue of this user. */
  public static Catalogue ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")), CompasRecipe.SOURCE);
  }

  static Catalogue of(Map<String, String> environment, Path home, PublicSource compas) {
    Path caches =
        nonEmpty(environment, "XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
    return new Catalogue(
        nonEmpty(environment, "EVENHAND_DATA").map(Path::of), caches.resolve("evenhand"), compas);
  }

  private static Optional<String> nonEmpty(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }

  /**
   * The data set's file, downloaded if it has to be.
   *
   * @param dataset any data set
   * @return a CSV file that {@link CsvTable} reads
   * @throws DataException if it is not there and cannot be downloaded; the cache is then as it was
   */
  public Path locate(Dataset dataset) {
    Optional<Path> given =
        dataFolder.map(folder -> folder.resolve(dataset.file())).filter(Files::isRegularFile);
    if (given.isPresent()) {
      return given.get();
    }
    Path cached = cacheFolder.resolve(dataset.label() + ".csv");
    if (Files.isRegularFile(cached)) {
      return cached;
    }
    if (dataset != Dataset.COMPAS) {
      throw new DataException(
          "Data set '%s' has no public source that can be downloaded as it is; set EVENHAND_DATA to a folder that has %s."
              .formatted(dataset.label(), dataset.file()));
    }
    keep(cached, CompasRecipe.derive(compas.download()));
    return cached;
  }

  private static void keep(Path file, byte[] content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, out -> out.write(content));
    } catch (IOException | CoreException e) {
      throw new DataException(
          "%s cannot be written (%s); set XDG_CACHE_HOME to a folder that can.".formatted(file, e),
          e);
    }
  }
}
