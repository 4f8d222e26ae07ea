/**
 * Tables, labelled sets, classifiers and their answers, changes, and the formulas that they are
 * written in.
 */
module org.evenhand.core {
  requires static org.jspecify;

  uses org.evenhand.core.ImageTraining;

  exports org.evenhand.core;
}
