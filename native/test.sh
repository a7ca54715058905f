#!/bin/sh
# Run the tests of the crate beside num-bigint and curve25519-dalek: CASES of everything, ten thousand if it is not set. What
# is given goes to the tests. After `make`, which writes Cargo.lock; without cargo, this says so in a line and succeeds.
set -eu
cd "$(dirname "$0")"
if ! command -v cargo >/dev/null; then
  echo "SKIPPED: cargo is not here, so the tests of native/ are not run"
  exit
fi
work=$(realpath -m ../build/native)
python=$(realpath -s ../.venv/bin/python)
if [ ! -f "$work/crate/Cargo.lock" ]; then
  echo "SKIPPED: native/ could not be built, so its tests are not run (build/native/log says why)"
  exit
fi
rm -rf "$work/crate/src"
cp -R src "$work/crate"
libraries=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))')
cd "$work/crate"
PYO3_PYTHON="$python" LD_LIBRARY_PATH="$libraries" CARGO_TARGET_DIR="$work/target" \
  cargo test --quiet --locked --lib --profile "${PROFILE:-checked}" -- "$@"
