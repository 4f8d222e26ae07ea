#!/usr/bin/env bash
# ONNX Runtime 1.29.0: a node whose result nothing reads can fail the whole request.
#
# ONNX Runtime 1.29.0: whether a node whose result nothing reads can fail a request. Guess: no, because a session only
# computes what the outputs that are asked for depend on. Behaviour: every node is run whatever is asked for, and where
# one fails, nothing is answered: a table that is looked up on the side, and that lacks a row's value, takes the score
# with it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" UnreadNodesAreRun \
  com.microsoft.onnxruntime:onnxruntime:1.29.0 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.google.protobuf:protobuf-java:3.25.6
