package org.evenhand.repair;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the figures of one attribute change with a repair, on the same rows.
 *
 * @param attribute its name
 * @param changes after less before; a figure that cannot be judged is missing
 */
public record AttributeChange(String attribute, Map<Aim, PairedChange> changes) {
  /** Copies the map. */
  public AttributeChange {
    EnumMap<Aim, PairedChange> copy = new EnumMap<>(Aim.class);
    copy.putAll(changes);
    changes = Collections.unmodifiableMap(copy);
  }

  /**
   * The change of one figure; empty if it cannot be judged.
   *
   * @param aim names the figure
   */
  public Optional<PairedChange> of(Aim aim) {
    return Optional.ofNullable(changes.get(aim));
  }
}
