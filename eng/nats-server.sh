#!/usr/bin/env bash
# Prints the path of a nats-server binary; progress goes to stderr.
#
#   eng/nats-server.sh [newest]      the newest server at hand (default)
#   eng/nats-server.sh oldest        the oldest one: the distribution's own package
#   eng/nats-server.sh distribution  the distribution's own package
#   eng/nats-server.sh all           "version<TAB>path", a line for the oldest and one for the newest
#
# $NATS_SERVER, when set, is the answer to `newest` and `all`. Otherwise: artifacts/nats-server/<version>/nats-server; on Debian and Ubuntu
# that cache is filled from the distribution's signed archive, without installing anything and without touching the machine's own apt state;
# elsewhere PATH. Remove artifacts/nats-server to look for newer versions.
set -euo pipefail

CACHE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/artifacts/nats-server"

say() { echo "nats-server.sh: $*" >&2; }
die() { say "$*"; exit 1; }

# ---- what is at hand ---------------------------------------------------------------------------------------------------------------------

version_of() { "$1" --version 2>/dev/null | sed -nE 's/^nats-server:? v?([0-9]+\.[0-9]+\.[0-9]+[^ ]*).*/\1/p'; }

cached_versions() { # lowest first
  local binary
  for binary in "$CACHE"/*/nats-server; do
    [[ -x $binary ]] && basename "$(dirname "$binary")"
  done | sort -V
}

cached() { # newest | oldest
  local version
  if [[ $1 == newest ]]; then version=$(cached_versions | tail -n 1); else version=$(cached_versions | head -n 1); fi
  [[ -n $version ]] && echo "$CACHE/$version/nats-server"
}

# The cache remembers which version a source gave: the file `distribution` or `archive` (the newest there is) holds the version.
remembered() { [[ -s $CACHE/$1 && -x $CACHE/$(<"$CACHE/$1")/nats-server ]] && echo "$CACHE/$(<"$CACHE/$1")/nats-server"; }

store() { # source binary
  local version
  version=$(version_of "$2")
  [[ -n $version ]] || { say "the package from '$1' does not run on this machine"; return 1; }
  mkdir -p "$CACHE/$version"
  install -m 755 "$2" "$CACHE/$version/.nats-server.$$"
  mv -f "$CACHE/$version/.nats-server.$$" "$CACHE/$version/nats-server"
  echo "$version"
}

remember() { # source version
  echo "$2" >"$CACHE/.$1.$$"
  mv -f "$CACHE/.$1.$$" "$CACHE/$1"
}

# ---- the distribution's archive ----------------------------------------------------------------------------------------------------------

# "uri suite components" a line, from one-line and deb822 sources, the distribution's own files first.
apt_sources() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/{debian,ubuntu}.{sources,list} /etc/apt/sources.list.d/*; do
    [[ -r $file ]] || continue
    case $file in
      *.list) sed -nE 's/#.*//; s/^[[:space:]]*deb[[:space:]]+(\[[^]]*\][[:space:]]*)?//p' "$file" ;;
      *.sources)
        awk 'function flush(  i, n, u, m, s, j) {
               if (v["enabled"] !~ /^ *no/ && v["types"] ~ /(^| )deb( |$)/) {
                 n = split(v["uris"], u, " "); m = split(v["suites"], s, " ")
                 for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) print u[i], s[j], v["components"]
               }
               delete v; key = ""
             }
             /^#/ { next }
             /^[[:space:]]*$/ { flush(); next }
             /^[^[:space:]]+:/ { key = tolower(substr($0, 1, index($0, ":") - 1)); v[key] = substr($0, index($0, ":") + 1); next }
             { v[key] = v[key] " " $0 }
             END { flush() }' "$file" ;;
    esac
  done | awk 'NF >= 3 && $2 !~ /[-\/]/ && !seen[$0]++' # no -updates, -security, -backports, no flat repositories
}

apt_here() { apt-get -qq -c "$WORK/apt.conf" "$@"; }

apt_errors() { # apt's own words without addresses
  { grep -E '^[EW]:' "$WORK/log" || tail -n 3 "$WORK/log"; } | sed -E "s#[a-z+]+://[^[:space:]]+#(archive)#g; s#'[^']*\.[^']*'#(archive)#g" | head -n 3 >&2
}

# An apt of its own in $WORK: its lists, cache and status live there; proxies and credentials stay the machine's. Signatures are checked.
use_suite() { # uri suite component
  rm -rf "$WORK"/{lists,cache,state,log,package}
  mkdir -p "$WORK"/{lists/partial,cache/archives/partial,state,package,none}
  : >"$WORK/state/status"
  echo "deb [signed-by=$KEYRING] $1 $2 $3" >"$WORK/sources.list"
  cat >"$WORK/apt.conf" <<CONF
Dir::Etc::SourceList "$WORK/sources.list";
Dir::Etc::SourceParts "$WORK/none";
Dir::Etc::Preferences "$WORK/none/preferences";
Dir::Etc::PreferencesParts "$WORK/none";
Dir::State "$WORK/state";
Dir::State::Lists "$WORK/lists";
Dir::State::Status "$WORK/state/status";
Dir::Cache "$WORK/cache";
Dir::Log "$WORK/state";
APT::Architecture "$(dpkg --print-architecture)";
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons-small::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons-hidpi::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
CONF
}

# Prints the version that is now in the cache. Fails with 2 when the archive cannot be reached, with 1 when it has no server that runs here.
fetch() { # uri suite component
  local attempt
  use_suite "$@"
  for attempt in 1 2 3; do
    [[ $attempt == 1 ]] || sleep $((attempt * 2 - 2))
    apt_here update >>"$WORK/log" 2>&1 && break
    # No such suite, or one that this keyring does not sign: asking again changes nothing.
    if grep -qE '404|does not have a Release file|NO_PUBKEY|not signed' "$WORK/log"; then apt_errors; return 1; fi
    [[ $attempt == 3 ]] && { apt_errors; return 2; }
  done
  apt-cache -c "$WORK/apt.conf" show nats-server >/dev/null 2>&1 || return 1
  for attempt in 1 2 3; do
    (cd "$WORK/package" && apt_here download nats-server) >>"$WORK/log" 2>&1 && break
    [[ $attempt == 3 ]] && { apt_errors; return 2; }
    sleep $((attempt * 2))
  done
  dpkg -x "$WORK"/package/*.deb "$WORK/package/root" || return 1
  store "$2" "$WORK/package/root/usr/sbin/nats-server" 2>/dev/null || store "$2" "$WORK/package/root/usr/bin/nats-server"
}

# Fills the cache with the distribution's own server and the newest one that its archive has.
fetch_all() {
  local id keyring base="" uri suite components component version code newer unreachable=""
  command -v apt-get >/dev/null && command -v dpkg >/dev/null && [[ -r /etc/os-release ]] || return 1
  # shellcheck source=/dev/null
  id=$(. /etc/os-release && case "$ID ${ID_LIKE:-}" in *ubuntu*) echo ubuntu ;; *debian*) echo debian ;; esac)
  KEYRING=""
  for keyring in /usr/share/keyrings/"$id"-archive-keyring.{gpg,pgp}; do
    [[ -r $keyring ]] && KEYRING=$keyring && break
  done
  [[ -n $id && -n $KEYRING ]] || return 1
  component=$([[ $id == ubuntu ]] && echo universe || echo main)
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/nats-server.XXXXXX") || return 1
  trap 'rm -rf "$WORK"' EXIT # here, because callers run in subshells, which have traps of their own
  chmod 755 "$WORK"

  while read -r uri suite components; do
    [[ " $components " == *" $component "* ]] || continue
    say "asking the archive for the server of '$suite'"
    code=0
    version=$(fetch "$uri" "$suite" "$component") || code=$?
    if [[ $code == 0 ]]; then
      remember distribution "$version"
      say "'$suite' has $version"
    elif [[ $code == 2 ]]; then
      continue
    elif ! grep -qs '^Origin: \(Debian\|Ubuntu\)' "$WORK"/lists/*Release; then
      continue # somebody else's archive
    fi
    base=$uri
    break
  done < <(apt_sources)
  [[ -n $base ]] || return 1

  for newer in $([[ $id == ubuntu ]] && echo "devel $suite-backports" || echo "sid testing trixie $suite-backports"); do
    [[ $newer != "$suite" ]] || continue
    say "asking the archive for the server of '$newer'"
    code=0
    version=$(fetch "$base" "$newer" "$component") || code=$?
    if [[ $code == 0 ]]; then
      [[ -n $unreachable ]] || remember archive "$version" # else a later call tries again
      say "'$newer' has $version"
      return 0
    fi
    [[ $code == 1 ]] || unreachable=$newer
    say "nothing to be had from '$newer'"
  done
  version=$(cached_versions | tail -n 1)
  [[ -n $version ]] || return 1
  [[ -n $unreachable ]] || remember archive "$version"
  say "going on with $version"
}

# ---- answers -----------------------------------------------------------------------------------------------------------------------------

nothing() {
  die "no nats-server to be had: install one (https://nats.io/download), then put it on PATH or set NATS_SERVER to its path"
}

find_server() { # newest | oldest | distribution
  if [[ $1 == newest && -n ${NATS_SERVER:-} ]]; then
    [[ -f $NATS_SERVER && -x $NATS_SERVER ]] || die "NATS_SERVER is '$NATS_SERVER', which is not an executable file"
    echo "$NATS_SERVER"
    return
  fi
  if ! remembered archive >/dev/null && { [[ $1 == newest ]] || ! remembered distribution >/dev/null; }; then
    fetch_all || say "no archive to fetch a server from"
  fi
  case $1 in
    distribution) remembered distribution || die "this distribution has no nats-server" ;;
    *) cached "$1" || command -v nats-server || nothing ;;
  esac
}

print_version() { printf '%s\t%s\n' "$(version_of "$1")" "$1"; }

case ${1:-newest} in
  newest | oldest | distribution) find_server "${1:-newest}" ;;
  all)
    newest=$(find_server newest)
    if [[ -z ${NATS_SERVER:-} && $newest == "$CACHE"/* ]]; then
      oldest=$(find_server oldest)
      [[ $oldest == "$newest" ]] || print_version "$oldest"
    fi
    print_version "$newest"
    ;;
  *) die "usage: eng/nats-server.sh [newest|oldest|distribution|all]" ;;
esac
