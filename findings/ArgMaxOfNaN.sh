#!/usr/bin/env bash
# ONNX Runtime 1.29.0: a NaN among the scores is chosen in the first column and passed over in the others.
#
# ONNX Runtime 1.29.0: which class ArgMax names for scores with a NaN depends on where it stands. Guess: as in NumPy and
# PyTorch, the NaN's position always, so that such rows stand out. Behaviour: a NaN in the first column wins; in any
# other it is passed over. A row without an answer gets an ordinary label.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" ArgMaxOfNaN \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
