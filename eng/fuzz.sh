#!/usr/bin/env bash
# The long fuzz run of the protocol reader: ten million mutated and cut streams, or as many as are asked for. CI runs 100,000.
#
#   eng/fuzz.sh [ROUNDS] [SEED]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
NATS_FUZZ_ROUNDS="${1:-10000000}" NATS_FUZZ_SEED="${2:-$RANDOM}" \
  dotnet test tests/Nats.Consumer.Client.Tests -c Release --filter FullyQualifiedName~FrameReaderFuzz --logger "console;verbosity=detailed"
