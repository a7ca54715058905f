#!/bin/sh
# Run the tests of the crate, and print what each optimisation gains on this machine; after `make`, which writes Cargo.lock.
set -eu
cd "$(dirname "$0")"
work=$(realpath ../build/native)
python=$(realpath -s ../.venv/bin/python)
rm -rf "$work/crate/src"
cp -R src "$work/crate"
libraries=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))')
cd "$work/crate"
PYO3_PYTHON="$python" LD_LIBRARY_PATH="$libraries" CARGO_TARGET_DIR="$work/target" \
  cargo test --quiet --release --locked --lib -- --include-ignored --nocapture
