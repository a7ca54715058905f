#!/bin/sh
# belenios-tool of another Debian suite (trixie, sid), unpacked into build/witness/SUITE: nothing is installed, and the
# machine's own packages and lists stay as they are. Prints the path of a launcher.
#
# The source line is the machine's own, with the suite replaced, and apt checks its signature with the same key ring:
# a suite that these keys did not sign is refused. Exit 3: the suite cannot be had here, for the reason that is printed.
set -eu
suite=${1:?usage: witness.sh SUITE}
here=$(cd "$(dirname "$0")/.." && pwd)
home=$here/build/witness/$suite
launcher=$home/belenios-tool
if [ -x "$launcher" ]; then
  echo "$launcher"
  exit 0
fi

give_up() {
  echo "no belenios-tool of $suite here: $1" >&2
  exit 3
}

command -v apt-get >/dev/null || give_up "this machine has no apt"
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
entry=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(RELEASE) $(SOURCESENTRY)' 'Created-By: Packages' |
  awk -v release="$release" '$2 == "main" && $3 == release { print $1, $4; exit }')
[ -n "$entry" ] || give_up "apt knows no source of $release main"
uri=${entry% *}
file=${entry#* }
keys=$(sed -n 's/^Signed-By: *\(\/.*\)/\1/p' "${file%:*}" | head -n 1)

rm -rf "$home"
state=$home/apt
mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/none"
: >"$state/status" # no package counts as installed, so that the C library comes with the tool
echo "deb ${keys:+[signed-by=$keys] }$uri $suite main" >"$state/sources.list"
cat >"$state/conf" <<END
Dir::State "$state";
Dir::State::lists "$state/lists";
Dir::State::status "$state/status";
Dir::Cache "$state";
Dir::Cache::archives "$state/archives";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "$state/none";
Dir::Etc::preferencesparts "$state/none";
APT::Default-Release "";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
Acquire::Retries "2";
Debug::NoLocking "true";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
END
apt-get -c "$state/conf" update -qq -o APT::Update::Error-Mode=any >"$state/log" 2>&1 ||
  give_up "$(grep -E '^[EW]:' "$state/log" | head -n 1)"
apt-get -c "$state/conf" install -qq -y --download-only --no-install-recommends belenios-tool >>"$state/log" 2>&1 ||
  give_up "$(grep -E '^[EW]:' "$state/log" | head -n 1)"
for package in "$state"/archives/*.deb; do
  dpkg-deb -x "$package" "$home/root"
done
basename "$state"/archives/belenios-tool_*.deb .deb >"$home/version"
rm -rf "$state/archives" "$state/lists" "$state"/*.bin

loader=$(find "$home/root" -name 'ld-linux*.so.*' -type f | head -n 1)
libraries=$(find "$home/root" -type f -name 'libc.so.6' -exec dirname {} \; | head -n 1)
[ -n "$loader" ] && [ -n "$libraries" ] || give_up "its C library has no loader"
printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' \
  "$loader" "$libraries" "$home/root/usr/bin/belenios-tool" >"$launcher.new"
chmod +x "$launcher.new"
"$launcher.new" --version >/dev/null 2>"$home/log" || give_up "it does not start: $(head -n 1 "$home/log")"
mv "$launcher.new" "$launcher"
echo "$launcher"
