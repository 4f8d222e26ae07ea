/** Reads modules of Evenhand by their names; the eraser has one without a descriptor. */
module com.example.consumer {
  requires org.evenhand.audit;
  requires org.evenhand.datasets;
  requires org.evenhand.eraser;
  requires org.evenhand.evidence;
  requires org.evenhand.images;
  requires org.evenhand.patch;
}
