#!/usr/bin/env bash
# ONNX Runtime 1.29.0: the text "1,5" becomes the number 1.
#
# ONNX Runtime 1.29.0: Cast from text to a number reads as far as it can and drops the rest. Guess: "1,5" is refused, as
# Java's Float.parseFloat and Python's float do. Behaviour: the decimals behind a comma are lost without an error, and
# hexadecimal is read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" CastReadsTheBeginning \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
