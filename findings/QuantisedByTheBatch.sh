#!/usr/bin/env bash
# ONNX Runtime 1.29.0: a dynamically quantised model answers a row by the rows beside it.
#
# ONNX Runtime 1.29.0: a dynamically quantised model answers a row differently beside other rows. Guess: rows of a batch
# are independent; batching changes the last digits at most. Behaviour: DynamicQuantizeLinear takes its scale from the
# range of the whole batch. A small row beside a large one is left with a few steps of 256: here the answer nearly
# doubles.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" QuantisedByTheBatch \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
