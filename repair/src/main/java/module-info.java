/** What every repair has in common, and the search over methods. */
module org.evenhand.repair {
  requires transitive org.evenhand.audit;
  requires transitive org.evenhand.core;
  requires static org.jspecify;

  exports org.evenhand.repair;
}
