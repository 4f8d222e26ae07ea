/** Public data sets, Colored MNIST, and a simulated population. */
module org.evenhand.datasets {
  requires de.siegmar.fastcsv;
  requires java.net.http;
  requires transitive org.evenhand.core;
  requires transitive org.evenhand.data;
  requires static org.jspecify;

  exports org.evenhand.datasets;
}
