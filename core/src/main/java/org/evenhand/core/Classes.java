package org.evenhand.core;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * The K classes that a classifier decides between, in the order of its probabilities.
 *
 * @param names at least two distinct names
 */
public record Classes(List<String> names) implements Serializable {
  /**
   * @throws CoreException if there are fewer than two classes or two share a name
   */
  public Classes {
    names = List.copyOf(names);
    if (names.size() < 2) {
      throw new CoreException(
          "A classifier needs at least two classes, but the only one is %s.".formatted(names));
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new CoreException("Two classes share a name in %s.".formatted(names));
    }
  }

  /**
   * Classes of the given names, in order.
   *
   * @param names at least two distinct names
   */
  public static Classes of(String... names) {
    return new Classes(List.of(names));
  }

  /** K, the number of classes. */
  public int size() {
    return names.size();
  }

  /**
   * The position of a class, if there is one of that name. Names that differ only in how a whole
   * number ({@code 1}, {@code 1.0}) or a boolean ({@code True}, {@code true}, {@code 1}) is written
   * are the same.
   *
   * @param name the name as a table or a user writes it
   */
  public OptionalInt indexOf(String name) {
    int exact = names.indexOf(name);
    if (exact >= 0) {
      return OptionalInt.of(exact);
    }
    String plain = plain(name);
    for (int k = 0; k < names.size(); k++) {
      if (plain(names.get(k)).equals(plain)) {
        return OptionalInt.of(k);
      }
    }
    return OptionalInt.empty();
  }

  private static String plain(String name) {
    if (name.equalsIgnoreCase("true")) {
      return "1";
    }
    if (name.equalsIgnoreCase("false")) {
      return "0";
    }
    return name.endsWith(".0") ? name.substring(0, name.length() - 2) : name;
  }
}
