#!/usr/bin/env bash
# Times a newcomer's first minute: the templates are installed, a worker is made and handles a message, all from an empty hive and an empty folder of packages, with a compiler that nobody has
# warmed up. Our packages come from a local feed, those of others from wherever this machine gets them.
#
#   eng/newcomer.sh [--warm] [--compare]
#
#   --warm      takes the packages of others from this machine's folder of packages instead of fetching them
#   --compare   times the SDK's own worker under the same conditions, too, until it prints its first line: what is more than that is ours
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
warm="" compare=""
for option; do
  case $option in
    --warm) warm=1 ;;
    --compare) compare=1 ;;
    *) echo "usage: eng/newcomer.sh [--warm] [--compare]" >&2 && exit 2 ;;
  esac
done
work=$(mktemp -d "${TMPDIR:-/tmp}/newcomer.XXXXXX")
trap 'rm -rf "$work"' EXIT
version="0.1.0-newcomer$(date +%s)"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

echo "packing…"
"$root/eng/pack.sh" "$work/feed" "$version"
export UseSharedCompilation=false

# A folder to start in, with a hive and packages of its own.
begin_in() {
  local fallback=""
  [[ -z $warm ]] || fallback="<fallbackPackageFolders><add key=\"machine\" value=\"$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')\" /></fallbackPackageFolders>"
  mkdir -p "$1" && cd "$1"
  hive="$1/hive" total=0
  cat >NuGet.config <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$1/packages" /></config>
  <packageSources><add key="feed" value="$work/feed" /></packageSources>
  $fallback
</configuration>
CONFIG
}

step() { # what command...
  local wall user system TIMEFORMAT='%R %U %S'
  echo "\$ $1"
  { time "${@:2}" >"$work/output" 2>&1; } 2>"$work/times" || { cat "$work/output" && exit 1; }
  read -r wall user system < <(tail -n 1 "$work/times")
  total=$(awk -v sum="$total" -v wall="$wall" 'BEGIN { print sum + wall }')
  awk -v wall="$wall" -v user="$user" -v system="$system" 'BEGIN { printf "%8.1f s   %.1f s of processors\n", wall, user + system }'
}

# Runs until something is printed. What runs on is ended.
until_printed() { # text command...
  local text=$1 pid
  shift
  set -m
  "$@" &
  pid=$!
  set +m
  until grep -q "$text" "$work/output"; do
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.02
  done
  kill -KILL -- "-$pid"
  wait "$pid" 2>/dev/null || true
}

if [[ -n $compare ]]; then
  begin_in "$work/sdk"
  step "dotnet new worker -n Plain" dotnet new worker -n Plain --debug:custom-hive "$hive"
  cd Plain
  step "dotnet run" until_printed "Worker running" dotnet run
  theirs=$total
  printf '%8.1f s in all: the SDK alone\n\n' "$theirs"
fi

begin_in "$work/ours"
step "dotnet new install Nats.Consumer.Templates" dotnet new install "$work/feed/Nats.Consumer.Templates.$version.nupkg" --debug:custom-hive "$hive"
step "dotnet new nats-worker -n Orders" dotnet new nats-worker -n Orders --debug:custom-hive "$hive"
cd Orders
step "dotnet run -- --demo" dotnet run -- --demo
grep "Handled" "$work/output"
printf '%8.1f s in all\n' "$total"
[[ -z $compare ]] || awk -v ours="$total" -v theirs="$theirs" 'BEGIN { printf "%8.1f s more than the SDK alone\n", ours - theirs }'
