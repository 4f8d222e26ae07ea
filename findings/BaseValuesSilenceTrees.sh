#!/usr/bin/env bash
# ONNX Runtime 1.29.0: two base values make trees that vote for the second class answer the same for every row.
#
# ONNX Runtime 1.29.0: two base values silence trees that vote for the second class. Guess: base values are added to the
# votes, so that answers still differ between leaves. Behaviour: of two classes whose leaves all vote for class id 1,
# the score becomes the second base value alone, the same for every row; with one base value, that value is not added.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" BaseValuesSilenceTrees \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
