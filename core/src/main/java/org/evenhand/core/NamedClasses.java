package org.evenhand.core;

/**
 * A model's classes and who named them.
 *
 * @param classes in the order of the model's scores
 * @param source who named them
 */
public record NamedClasses(Classes classes, Source source) {
  /** Who named a model's classes. */
  public enum Source {
    /** The model. */
    MODEL("named by the model"),
    /** The user. */
    DECLARED("as declared"),
    /** Nobody. */
    NUMBERS("numbered, since the model names none");

    private final String label;

    Source(String label) {
      this.label = label;
    }
  }

  /** The names and their source: {@code classes no, yes (as declared)}. */
  public String describe() {
    return "classes %s (%s)".formatted(String.join(", ", classes.names()), source.label);
  }
}
