package org.evenhand.images;

/** What becomes of images that cannot be decoded. */
public enum BadImages {
  /** They are an error that counts and names them. */
  REFUSE,
  /** Their rows are left out, with a warning that counts and names them. */
  SKIP
}
