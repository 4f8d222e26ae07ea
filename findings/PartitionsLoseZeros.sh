#!/usr/bin/env bash
# Apache Spark 4.1.0: the postcode 01234 in the name of a folder is read as the number 1234.
#
# A column of text by which a table is divided into folders is read back as numbers. Guess: Parquet keeps the types of
# columns. Behaviour: values in the names of folders have no type, and one is guessed for them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run-spark" "$work" PartitionsLoseZeros
