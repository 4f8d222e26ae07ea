#!/usr/bin/env bash
# DuckDB 2.0.0.1: the first of several Parquet files sets the types, and later files are rounded to them.
#
# Guess: whole numbers in one file and fractions in another are both read as fractions, or refused. Behaviour: 0.4 is read as
# 0, and 0.6 as 1, without an error, where the file of whole numbers comes first and union_by_name is not set.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" FirstFileSetsTheTypes org.duckdb:duckdb_jdbc:2.0.0.1
