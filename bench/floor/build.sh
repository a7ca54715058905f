#!/bin/sh
# Build the hall with cargo under build/floor, and say where it is.
set -eu
cd "$(dirname "$0")"
work=$(realpath -m ../../build/floor)
rm -rf "$work/crate"
mkdir -p "$work/crate"
cp -R Cargo.toml src "$work/crate"
here=$PWD
cd "$work/crate"
# The lock file is held to every version and checksum; which registry a crate is from, cargo knows itself.
cargo generate-lockfile --quiet
registry=$(grep -m 1 '^source = ' Cargo.lock)
awk -v registry="$registry" '/^checksum = / { print registry } { print }' "$here/crates.lock" > Cargo.lock
CARGO_TARGET_DIR="$work/target" cargo build --release --locked --quiet
echo "$work/target/release/hall"
