/** Metrics with intervals, noise floor, tests and verdicts. */
module org.evenhand.audit {
  requires transitive org.evenhand.core;
  requires static org.jspecify;

  exports org.evenhand.audit;
}
