package org.evenhand.core;

/**
 * What a user can set. A message that a setting would help names it by its kind, so that whoever
 * shows the message can add what the setting is called there: an option of the command, a field of
 * a form.
 */
public enum Setting {
  /** Which folder keeps the answers of a server. */
  ANSWER_CACHE,
  /** Which numeric columns become bands. */
  BANDS,
  /** How many rows a model is asked about at once. */
  BATCH_SIZE,
  /** The names of the classes, in the model's order. */
  CLASSES,
  /** How many requests are in flight at once. */
  CONCURRENCY,
  /** The datatype of inputs that a server does not declare. */
  DATATYPE,
  /** The class whose receipt is an advantage. */
  FAVOURABLE,
  /** The columns of a model's input, in its order. */
  FEATURES,
  /** Whether a model's label or its scores decide. */
  DECIDE_BY,
  /** How many dense layers the head has. */
  HEAD_LAYERS,
  /** The numbers that pixels become. */
  IMAGE_SCALE,
  /** The names that pages show for classes and values. */
  LABEL,
  /** How many rows a group needs to be judged. */
  MIN_GROUP_SIZE,
  /** What becomes of images that cannot be read. */
  ON_BAD_IMAGE,
  /** The output to read, or what its scores are. */
  OUTPUT,
  /** Whether files that are there already may be replaced. */
  OVERWRITE,
  /** Which rows are counterparts of each other. */
  PAIRS,
  /** The network that reads images for a correction. */
  PATCH_NETWORK,
  /** Which class recorded scores belong to. */
  SCORE_CLASS,
  /** What recorded scores are. */
  SCORE_SCALE,
  /** Whether a category that the model does not know is an error. */
  STRICT,
  /** The column of true classes. */
  TARGET,
  /** From which score on a class is decided. */
  THRESHOLD,
  /** How long one answer may take. */
  TIMEOUT,
  /** Which values stand for an unknown one. */
  UNKNOWN_VALUES
}
