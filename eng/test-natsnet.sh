#!/usr/bin/env bash
# Builds the adapter for NATS.Net and runs on it, with the newest and with the oldest nats-server: its own tests, the conformance suite, and the runtime's tests that need a server.
# It is no part of the default build, which restores from registries that do not have NATS.Net. The last line is "N passed, N failed"; the exit code says the same.
#
#   eng/test-natsnet.sh [--source FOLDER_OR_URL] [--version VERSION] [--newest | --oldest] [--slow] [--filter EXPRESSION]
#
#   --source    where else to look for the package NATS.Client.Core (or NATSNET_SOURCE): a folder with packages, or a feed
#   --version   its version, if not the one of Directory.Packages.props
#   --newest, --oldest   one server only
#   --slow      the tests of Category=Slow as well
#   --filter    what `dotnet test --filter` takes
set -uo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
project="$root/tests/Nats.Consumer.NatsNet.Tests"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

source=${NATSNET_SOURCE:-} servers=(newest oldest) slow="&Category!=Slow" filter="" properties=(-p:UseSharedCompilation=true)
while (($# > 0)); do
  case $1 in
    --source) source=${2:?--source needs a folder or a URL} && shift ;;
    --version) properties+=("-p:NatsNetVersion=${2:?--version needs a version}") && shift ;;
    --newest | --oldest) servers=("${1#--}") ;;
    --slow) slow="" ;;
    --filter) filter=${2:?--filter needs an expression} && shift ;;
    *) echo "usage: eng/test-natsnet.sh [--source FOLDER_OR_URL] [--version VERSION] [--newest | --oldest] [--slow] [--filter EXPRESSION]" >&2 && exit 2 ;;
  esac
  shift
done
[[ -z $source ]] || properties+=("-p:RestoreAdditionalProjectSources=$source")

if ! restored=$(dotnet restore "$project" "${properties[@]}" </dev/null 2>&1); then
  echo "$restored" | grep -E 'error' | sort -u | cut -c1-300
  if [[ $restored == *NATS.* ]]; then
    echo
    echo "NATS.Net cannot be restored here: none of the package sources of this machine has NATS.Client.Core in the version of Directory.Packages.props."
    echo "Give one that has: eng/test-natsnet.sh --source FOLDER_OR_URL, or NATSNET_SOURCE. Nothing was tested."
  fi
  exit 1
fi
dotnet build "$project" --no-restore -c Release -v quiet "${properties[@]}" </dev/null || { echo "the build failed" && exit 1; }

passed=0 failed=0 summary=()
for which in "${servers[@]}"; do
  if ! server=$("$root/eng/nats-server.sh" "$which"); then
    failed=$((failed + 1)) && summary+=("$which: there is no nats-server")
    continue
  fi
  results="$root/artifacts/test-results/natsnet-$which"
  rm -rf "$results"
  begin=$SECONDS code=0
  NATS_SERVER=$server dotnet test "$project" --no-build -c Release --logger trx --results-directory "$results" --blame-hang-timeout 10min --blame-hang-dump-type none \
    --filter "Category=Server&Client!=BuiltIn$slow${filter:+&($filter)}" </dev/null || code=$?
  read -r p f s < <(find "$results" -name '*.trx' -exec cat {} + | awk -F'"' '
    /<Counters / { for (i = 1; i < NF; i++) { if ($i ~ / total=$/) t = $(i+1); if ($i ~ / executed=$/) e = $(i+1); if ($i ~ / passed=$/) p = $(i+1) } }
    END { print p + 0, e - p, t - e }')
  ((code == 0 || f > 0)) || f=1
  passed=$((passed + p)) failed=$((failed + f))
  summary+=("nats-server $which ($("$server" --version | tr -d '\n')): $p passed, $f failed, $s skipped in $((SECONDS - begin)) s")
done

echo
printf '%s\n' "${summary[@]}"
((passed > 0)) || failed=$((failed + (failed == 0)))
echo "$passed passed, $failed failed"
exit $((failed > 0))
