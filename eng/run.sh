#!/usr/bin/env bash
# Runs a sample with a nats-server at hand:  eng/run.sh SAMPLE [arguments of the sample]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

samples() { find "$root/samples" -mindepth 2 -maxdepth 2 -name '*.csproj' -printf '%h\n' | xargs -r -n 1 basename | sort -u; }

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

NATS_SERVER=$("$root/eng/nats-server.sh" newest)
export NATS_SERVER
exec dotnet run -c Release --project "$root/samples/$sample" -- "$@"
