#!/usr/bin/env bash
# ONNX Runtime 1.29.0: classifiers with one score leave SOFTMAX out.
#
# ONNX Runtime 1.29.0: a classifier of two classes with one score leaves its SOFTMAX out. Guess: post_transform =
# SOFTMAX gives two probabilities that sum to 1 and lie between 0 and 1. Behaviour: a LinearClassifier with one row of
# coefficients, or trees that all vote for the first class id, answer 1 − s and s, or −s and s if a leaf is negative:
# margins. Only their sum makes the former look like probabilities.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" OneScoreHasNoSoftmax \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
