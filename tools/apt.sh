#!/bin/sh
# The Debian packages that the tests need: PostgreSQL's server programs, Pango for minutes as PDF, and the verifier of
# secret ballots that others wrote; Node and Chromium, in which the booth runs.
# Root gets them installed; anybody else is told their names.
set -eu
missing=""
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
for library in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 \
               libharfbuzz-subset.so.0:libharfbuzz-subset0; do
  /sbin/ldconfig -p | grep -q "${library%%:*}" || missing="$missing ${library##*:}"
done
command -v openssl >/dev/null || missing="$missing openssl"
command -v belenios-tool >/dev/null || missing="$missing belenios-tool"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
command -v chromium >/dev/null || missing="$missing chromium"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing$missing ..."
  apt-get update -qq
  # shellcheck disable=SC2086  # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "missing Debian packages:$missing (as root: apt-get install$missing)" >&2
  exit 2
fi
