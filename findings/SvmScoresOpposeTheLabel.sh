#!/usr/bin/env bash
# ONNX Runtime 1.29.0: the label is the class with the lower score.
#
# ONNX Runtime 1.29.0: a support vector machine of two classes gives its scores in the opposite order of its labels.
# Guess: column k belongs to class label k, as in every other classifier, so that the label is the class with the higher
# score. Behaviour: the label is the class with the lower score in every row. An argmax over the scores decides wrong
# everywhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" SvmScoresOpposeTheLabel \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
