package org.evenhand.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a number comes from: enough to compute it again.
 *
 * @param version of Evenhand
 * @param time when the run began
 * @param artefacts the files read, with their hashes
 * @param seed of every random draw of the run
 * @param settings every setting that the result depends on, by its command-line name
 * @param environment Java, operating system and architecture; mathematics libraries differ between
 *     them in the last bit
 */
public record Provenance(
    String version,
    Instant time,
    List<Artefact> artefacts,
    long seed,
    SortedMap<String, String> settings,
    SortedMap<String, String> environment) {

  /**
   * One file, or one model behind a URL, that a result depends on.
   *
   * @param role what it is to the run: {@code model}, {@code data}, …
   * @param path as the user named it: a path or a URL
   * @param sha256 of its bytes, in lower-case hexadecimal; of a model behind a URL, of its metadata
   * @param bytes its size
   */
  public record Artefact(String role, String path, String sha256, long bytes) {}

  /** Copies the collections. */
  public Provenance {
    artefacts = List.copyOf(artefacts);
    settings = new TreeMap<>(settings);
    environment = new TreeMap<>(environment);
  }

  /**
   * Provenance of a run on this machine, now.
   *
   * @param artefacts the files read
   * @param seed of every random draw
   * @param settings every setting that the result depends on
   */
  public static Provenance now(List<Artefact> artefacts, long seed, Map<String, String> settings) {
    SortedMap<String, String> environment = new TreeMap<>();
    for (String property : List.of("java.version", "java.vendor", "os.name", "os.arch")) {
      environment.put(property, System.getProperty(property, "unknown"));
    }
    return new Provenance(
        evenhandVersion(), Instant.now(), artefacts, seed, new TreeMap<>(settings), environment);
  }

  /** The version of the running code; {@code development} outside a built jar. */
  public static String evenhandVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
