package org.evenhand.workflow;

import java.util.List;
import java.util.Map;
import org.evenhand.core.Provenance;

/**
 * How a run was asked for, which its evidence says.
 *
 * @param commandLine gives the same numbers again
 * @param seed of every random draw
 * @param settings everything that can change a figure, by name, as text
 */
public record Invocation(String commandLine, long seed, Map<String, String> settings) {
  /** Copies the map. */
  public Invocation {
    settings = Map.copyOf(settings);
  }

  Provenance provenance(List<Provenance.Artefact> read) {
    return Provenance.now(read, seed, settings);
  }
}
