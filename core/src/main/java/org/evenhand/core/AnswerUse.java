package org.evenhand.core;

/** Tells whether what a formula computes depends on the deployed model's answers. */
final class AnswerUse implements Formula<Boolean> {
  @Override
  public Boolean answers() {
    return true;
  }

  @Override
  public Boolean probabilities(Patch patch) {
    return false;
  }

  @Override
  public Boolean logProbabilities(Patch patch, double floor) {
    return false;
  }

  @Override
  public Boolean everywhere(float[] values) {
    return false;
  }

  @Override
  public Boolean plus(Boolean left, Boolean right) {
    return left || right;
  }

  @Override
  public Boolean minus(Boolean left, Boolean right) {
    return left || right;
  }

  @Override
  public Boolean scaled(Boolean tensor, double factor) {
    return tensor;
  }

  @Override
  public Boolean times(Boolean tensor, float[] matrix, int columns) {
    return tensor;
  }

  @Override
  public Boolean softmax(Boolean tensor) {
    return tensor;
  }

  @Override
  public Boolean logarithm(Boolean tensor, double floor) {
    return tensor;
  }
}
