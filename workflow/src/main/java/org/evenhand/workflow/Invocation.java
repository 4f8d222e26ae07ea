package org.evenhand.workflow;

import java.util.List;
import java.util.Map;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.Presentation;

/**
 * How a run was asked for, which its evidence says.
 *
 * @param commandLine gives the same numbers again
 * @param seed of every random draw
 * @param settings everything that can change a figure, by name, as text
 * @param presentation how the result is presented to people
 */
public record Invocation(
    String commandLine, long seed, Map<String, String> settings, Presentation presentation) {
  /** Copies the map. */
  public Invocation {
    settings = Map.copyOf(settings);
  }

  /**
   * With a result that is presented as usual.
   *
   * @param commandLine gives the same numbers again
   * @param seed of every random draw
   * @param settings everything that can change a figure, by name, as text
   */
  public Invocation(String commandLine, long seed, Map<String, String> settings) {
    this(commandLine, seed, settings, Presentation.NONE);
  }

  Provenance provenance(List<Provenance.Artefact> read) {
    return Provenance.now(read, seed, settings);
  }
}
