#!/bin/sh
# Make .venv with the Python given; on Debian that needs a package of its own, which root can install.
set -eu
python=${1:?the Python to use}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Quorate needs Python 3.11 or newer; $python is $("$python" -V)" >&2
  exit 2
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$version" >/dev/null
  else
    echo "missing: $version (as root: apt-get install $version)" >&2
    exit 2
  fi
fi
"$python" -m venv .venv
