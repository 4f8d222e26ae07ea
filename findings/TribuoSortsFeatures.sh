#!/usr/bin/env bash
# Tribuo 4.3.2: features are read in the order of their names, which are nowhere in the file.
#
# Tribuo 4.3.2: an exported model reads its features in the order of their names, and names none. Guess: columns in the
# order in which the training rows gave them, or names in the file to go by. Behaviour: features are sorted as texts, so
# that x10 comes before x2, and the ONNX file has one input "input" of ten numbers without a name anywhere. Rows in the
# table's order get wrong answers without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" TribuoSortsFeatures \
  org.tribuo:tribuo-core:4.3.2 \
  org.tribuo:tribuo-classification-core:4.3.2 \
  org.tribuo:tribuo-classification-sgd:4.3.2 \
  org.tribuo:tribuo-common-sgd:4.3.2 \
  org.tribuo:tribuo-math:4.3.2 \
  org.tribuo:tribuo-util-onnx:4.3.2 \
  com.oracle.labs.olcut:olcut-core:5.3.1 \
  com.oracle.labs.olcut:olcut-config-protobuf:5.3.1 \
  com.google.protobuf:protobuf-java:3.25.6
