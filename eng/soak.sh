#!/usr/bin/env bash
# Kills workers and servers by the hundred, which takes too long for CI: the tests of crashes with all their kills, on the newest and on the oldest nats-server. Some fifteen minutes on two cores.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export NATS_SOAK=1
code=0
eng/test.sh --slow --filter "FullyQualifiedName~Crashes" || code=1
eng/test.sh --oldest --slow --filter "FullyQualifiedName~Crashes" || code=1
exit $code
