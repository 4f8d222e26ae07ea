/** Packs of images as tables. */
module org.evenhand.images {
  requires java.desktop;
  requires transitive org.evenhand.core;
  requires org.evenhand.data;
  requires static org.jspecify;

  exports org.evenhand.images;
}
