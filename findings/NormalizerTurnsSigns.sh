#!/usr/bin/env bash
# ONNX Runtime 1.29.0: (−4, −2) by its largest becomes (2, 1).
#
# ONNX Runtime 1.29.0: a Normalizer by MAX, its default, turns the signs of negative rows. Guess: it divides by the
# largest absolute value, as scikit-learn's norm "max" does, so that signs and order stay. Behaviour: it divides by the
# largest value. Where all are negative, the smallest becomes the largest.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" NormalizerTurnsSigns \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
