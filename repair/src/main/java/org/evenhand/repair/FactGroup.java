package org.evenhand.repair;

import java.util.List;

/**
 * Facts that belong together.
 *
 * @param key in machine output, where the group becomes an object
 * @param title for people
 * @param details with distinct keys
 */
public record FactGroup(String key, String title, List<Detail> details) implements Detail {
  /** Copies the list. */
  public FactGroup {
    details = List.copyOf(details);
  }
}
