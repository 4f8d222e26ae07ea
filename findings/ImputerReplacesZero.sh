#!/usr/bin/env bash
# ONNX Runtime 1.29.0: an Imputer replaces zeros, and not NaN, unless told.
#
# ONNX Runtime 1.29.0: an Imputer that does not say what it replaces replaces zeros. Guess: missing values are NaN, so
# that an Imputer with nothing but a value to impute puts it in place of NaN. Behaviour: replaced_value_float is 0 by
# default. Zeros are overwritten, NaN stays.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" ImputerReplacesZero \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
