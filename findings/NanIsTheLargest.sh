#!/usr/bin/env bash
# Apache Spark 4.1.0: a score that is NaN passes score > 0.5.
#
# NaN is larger than any number, and equal to itself. Guess: a comparison with NaN is false, as in Java, Python and
# IEEE 754, so that such a score is not accepted. Behaviour: the row is accepted, and the greatest score of a group with one
# is NaN.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run-spark" "$work" NanIsTheLargest
