#!/usr/bin/env bash
# ONNX Runtime 1.29.0: the label is the class with the lower probability.
#
# ONNX Runtime 1.29.0: the label of a tree ensemble contradicts its own probability. Guess: of two classes, the label is
# the one with the higher probability. Behaviour: where all leaves vote for one class and none is negative, LOGISTIC
# makes a probability of the summed votes s, but the label is still the second class only above s = ½, which is a
# probability of 0.62. Between ½ and 0.62 the label is the less probable class. Gradient boosting whose leaves all
# happen to be positive is such a model.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" TreesContradictTheirLabel \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
