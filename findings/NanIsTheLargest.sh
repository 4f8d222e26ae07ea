#!/usr/bin/env bash
# Apache Spark 4.1.0: a score that is NaN passes score > 0.5.
#
# NaN is larger than any number, and equal to itself. Guess: a comparison with NaN is false, as in Java, Python and
# IEEE 754, so that such a score is not accepted. Behaviour: the row is accepted, and the greatest score of a group with one
# is NaN.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$(dirname "${BASH_SOURCE[0]}")
"$here/dependencies" "$work" org.apache.spark:spark-sql_2.13:4.1.0
for package in lang lang.invoke net nio util util.concurrent; do
  JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:-} --add-opens=java.base/java.$package=ALL-UNNAMED"
done
export JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
"$here/run" "$work" NanIsTheLargest
