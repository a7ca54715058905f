#!/bin/sh
# Write the lock files anew: names, versions and hashes only. Run it after a change of pyproject.toml; needs uv.
set -eu
cd "$(dirname "$0")/.."
lock() { out=$1; shift; uv pip compile --quiet --generate-hashes --no-header --no-annotate \
  --python-version 3.11 --universal --no-emit-index-url --output-file "requirements/$out" "$@"; }
lock main.txt pyproject.toml requirements/build.in --extra web
lock dev.txt pyproject.toml requirements/build.in --extra pdf --extra web --extra finite-field --group dev
