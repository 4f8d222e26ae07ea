/** The perceptron in plain Java. */
module org.evenhand.patch {
  requires transitive org.evenhand.core;
  requires static org.jspecify;

  exports org.evenhand.patch;
}
