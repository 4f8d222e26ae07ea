/** Evidence as JSON, and the report page. */
module org.evenhand.evidence {
  requires com.fasterxml.jackson.databind;
  requires transitive org.evenhand.audit;
  requires transitive org.evenhand.core;
  requires transitive org.evenhand.repair;
  requires static org.jspecify;

  exports org.evenhand.evidence;
}
