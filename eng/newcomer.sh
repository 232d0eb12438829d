#!/usr/bin/env bash
# Times a newcomer's first minute: the templates are installed, a worker is made and handles a message, all from an empty hive and an empty folder of packages. Our packages come from a local
# feed, those of others from wherever this machine gets them.
#
#   eng/newcomer.sh [--warm]    --warm takes the packages of others from this machine's folder of packages instead of fetching them
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work=$(mktemp -d "${TMPDIR:-/tmp}/newcomer.XXXXXX")
trap 'rm -rf "$work"' EXIT
version="0.1.0-newcomer$(date +%s)"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

echo "packing…"
dotnet build "$root/src/Nats.Consumer.Runtime" -c Release -v quiet
dotnet build "$root/templates" -c Release -v quiet
for project in src/Nats.Consumer.{Client,InMemory,Analyzers.CodeFixes,Runtime} templates; do
  dotnet pack "$root/$project" -c Release --no-build -v quiet -p:PackageVersion="$version" -o "$work/feed"
done

warm=$([[ ${1:-} == --warm ]] && dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//' || true)
fallback=${warm:+'<fallbackPackageFolders><add key="machine" value="'$warm'" /></fallbackPackageFolders>'}
cat >"$work/NuGet.config" <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  <packageSources><add key="feed" value="$work/feed" /></packageSources>
  $fallback
</configuration>
CONFIG

cd "$work"
total=0
step() { # what command...
  local begin end
  echo "\$ $1"
  begin=$(date +%s%N)
  "${@:2}" >"$work/output" 2>&1 || { cat "$work/output" && exit 1; }
  end=$(date +%s%N)
  total=$((total + (end - begin) / 1000000))
  printf '%8d ms\n' $(((end - begin) / 1000000))
}

step "dotnet new install Nats.Consumer.Templates" dotnet new install "$work/feed/Nats.Consumer.Templates.$version.nupkg" --debug:custom-hive "$work/hive"
step "dotnet new nats-worker -n Orders" dotnet new nats-worker -n Orders --debug:custom-hive "$work/hive"
cd Orders
step "dotnet run -- --demo" dotnet run -- --demo
grep "Handled" "$work/output"
printf '%8d ms in all\n' "$total"
