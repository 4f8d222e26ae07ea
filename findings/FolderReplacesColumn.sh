#!/usr/bin/env bash
# DuckDB 2.0.0.1: a folder above a Parquet file replaces the file's own column.
#
# Guess: a file that is named by itself is read as it is. Behaviour: a folder run=2 anywhere above it is a column "run" that
# takes the place of the one in the file, unless hive_partitioning = false.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/run" "$work" FolderReplacesColumn org.duckdb:duckdb_jdbc:2.0.0.1
