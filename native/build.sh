#!/bin/sh
# Build the extension with cargo and install it for the Python given, in whose folder maturin is; or say in a line that
# ballots are checked without it. All that is made stays under build/native.
set -u
python=$(realpath -s "${1:?the Python to install it for}")
cd "$(dirname "$0")" || exit
work=$(realpath -m ../build/native)
without="ballots are checked with libsodium, about four times slower"
mkdir -p "$work"

# native/crates.lock is Cargo.lock without the lines that say which registry a crate is from. Cargo knows that itself, so
# they are taken from a lock file that it writes; --locked then holds it to every version and checksum.
lock() {
  rm -f Cargo.lock
  cargo generate-lockfile --quiet
  registry=$(grep -m 1 '^source = ' Cargo.lock)
  awk -v registry="$registry" '/^checksum = / { print registry } { print }' "$1" > Cargo.lock
}

build() {
  set -eu
  rm -rf "$work/crate" "$work/dist"
  mkdir -p "$work/crate" "$work/dist"
  cp -R Cargo.toml pyproject.toml README.md src "$work/crate"
  here=$PWD
  cd "$work/crate"
  lock "$here/crates.lock"
  CARGO_TARGET_DIR="$work/target" "$(dirname "$python")/maturin" build --release --locked \
    --interpreter "$python" --out "$work/dist"
  "$python" -m pip install --disable-pip-version-check --no-index --no-deps --force-reinstall "$work"/dist/*.whl
}

if ! command -v cargo >/dev/null; then
  echo "cargo is not here: $without"
  exit
fi
echo "building native/ ..."
# One at a time, where flock is there to see to it.
exec 9>"$work/lock" && flock 9 2>/dev/null
(build) >"$work/log" 2>&1
# An older build may not fit this source.
[ $? = 0 ] || {
  "$python" -m pip uninstall --quiet --yes quorate-native >/dev/null 2>&1
  echo "native/ could not be built (build/native/log says why): $without"
}
