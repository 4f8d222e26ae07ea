/** CSV tables, labels, splits and pairs. */
module org.evenhand.data {
  requires de.siegmar.fastcsv;
  requires transitive org.evenhand.core;
  requires static org.jspecify;

  uses org.evenhand.data.TableFormat;

  exports org.evenhand.data;
}
