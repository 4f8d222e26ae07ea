#!/usr/bin/env bash
# ONNX Runtime 1.29.0: GlobalLpPool with p = 2 takes many times as long as squares, their mean and its root.
#
# ONNX Runtime 1.29.0: what GlobalLpPool with p = 2 costs. Guess: one pass over the numbers, about as much as
# GlobalAveragePool, and less than the three operators that say the same but for a factor. Behaviour: many times as much
# as these, because a power is taken of every number; a network whose activations are summed up this way took ten times
# as long as without, and 1.6 times as long with the three operators.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" PoolingOfSquaresTakesPowers \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
