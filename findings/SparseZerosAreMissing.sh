#!/usr/bin/env bash
# XGBoost4J 3.0.4: a sparse row gets another answer than the same dense one.
#
# XGBoost4J 3.0.4: the same row gets another answer as a sparse one. Guess: a sparse matrix is another way to store the
# same numbers; what is left out is 0. Behaviour: what is left out is missing, and goes where the trees send missing
# values. A model trained on dense rows with NaN for missing answers a sparse 0 as if the value were unknown.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" SparseZerosAreMissing \
  ml.dmlc:xgboost4j_2.12:3.0.4 \
  com.esotericsoftware:kryo:5.6.2 \
  commons-logging:commons-logging:1.2 \
  com.fasterxml.jackson.core:jackson-databind:2.18.2 \
  com.fasterxml.jackson.core:jackson-core:2.18.2 \
  com.fasterxml.jackson.core:jackson-annotations:2.18.2
