#!/bin/sh
# Print what each optimisation gains on this machine; after `make`.
set -eu
PROFILE=release exec "$(dirname "$0")/test.sh" --ignored --nocapture
