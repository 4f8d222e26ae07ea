#!/usr/bin/env bash
# ONNX Runtime 1.29.0: the number 0.3 becomes the text "0.30000001".
#
# ONNX Runtime 1.29.0: Cast from a number to text is neither Java's nor the shortest text. Guess: 0.3 becomes "0.3",
# 0.00001 becomes "1e-05", as in Python and, nearly, in Java. Behaviour: up to eight significant digits of the 32-bit
# number, trailing zeros cut. An encoder behind the cast that lists "0.3" never meets it, while "0.1" and "1" work.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" CastWritesEightDigits \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
