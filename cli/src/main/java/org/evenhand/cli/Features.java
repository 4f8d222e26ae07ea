package org.evenhand.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.ModelContract;

/** The columns of a model's tensor inputs as they are written on the command line. */
final class Features {
  private Features() {}

  /**
   * The columns by input: {@code a,b} for the only one, {@code num=a,b;cat=c} for several.
   *
   * @param options as given, each with commas
   */
  static Map<String, List<String>> parse(List<String> options) {
    String text = String.join(",", options);
    if (text.isEmpty()) {
      return Map.of();
    }
    List<String> groups = List.of(text.split(";", -1));
    boolean named = groups.stream().allMatch(group -> group.matches("[^=,]+=.+"));
    if (!named) {
      return Map.of(ModelContract.ONLY_INPUT, List.of(text.split(",", -1)));
    }
    Map<String, List<String>> features = new LinkedHashMap<>();
    for (String group : groups) {
      int equals = group.indexOf('=');
      features.put(group.substring(0, equals), List.of(group.substring(equals + 1).split(",", -1)));
    }
    return features;
  }
}
