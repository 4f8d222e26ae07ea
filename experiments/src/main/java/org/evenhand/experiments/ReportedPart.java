package org.evenhand.experiments;

/** A finished part of an experiment on images, which stands in the section of its kind of model. */
interface ReportedPart {
  /** The kind of deployed model. */
  String kind();
}
