#!/usr/bin/env bash
# Runs a sample on a server in its own memory:  eng/run.sh SAMPLE [arguments of the sample]
# NATS_URL=nats://host:4222, or --Nats:Url=nats://host:4222 among the arguments, takes a real server.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

samples() { find "$root/samples" -mindepth 2 -maxdepth 2 -name '*.csproj' -not -name '*.Tests.csproj' -printf '%h\n' | xargs -r -n 1 basename | sort -u; }

sample=${1:-}
if [[ -z $sample ]] || ! samples | grep -qxF -- "$sample"; then
  {
    [[ -z $sample ]] || echo "There is no sample '$sample'."
    echo "usage: eng/run.sh SAMPLE [arguments]"
    echo "samples:"
    samples | sed 's/^/  /'
  } >&2
  exit 2
fi
shift

exec dotnet run -c Release --project "$root/samples/$sample" -- "$@"
