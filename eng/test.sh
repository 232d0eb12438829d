#!/usr/bin/env bash
# Builds everything with warnings as errors and runs the tests with the newest nats-server. The last line is "N passed, N failed"; the exit code says
# the same. Results lie under artifacts/test-results.
#
#   eng/test.sh [--oldest | --slow | --long | --prefix] [--project NAME] [--filter EXPRESSION] [--no-build]
#
#   --oldest    only the tests of Category=Server, with the oldest server
#   --slow      only the tests of Category=Slow, which are left out otherwise; with the newest server
#   --long      only those of Category=Long, with the newest server: templates, migration, rules on whole projects and at more random
#   --prefix    only the tests of Category=Server, with a subject prefix under all that they say (tests/Nats.Consumer.Runtime.Tests/Servers/Transport.cs)
#   --project   only those of tests/NAME
#   --no-build  of what was built before
#   --filter    what `dotnet test --filter` takes, e.g. --filter FullyQualifiedName~NatsServer
#
# NATS_SERVER=/path/to/nats-server is used instead.
set -uo pipefail

hang=4min # a test that takes longer is reported by name and ended
beside=1  # how many test programs run at once
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
results="$root/artifacts/test-results"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_TieredPGO=0 # what it gains comes after minutes; compilers and their tests take a third less without it

quick="Category!=Slow&Category!=Long"
which=newest filter="" kind="$quick" tests="$root/NatsToolkit.sln" build=1
while (($# > 0)); do
  case $1 in
    --oldest) which=oldest kind="Category=Server&$quick" ;;
    --prefix) kind="Category=Server&$quick" && export NATS_TEST_PREFIX=staging ;;
    --slow) kind="Category=Slow" hang=10min beside=2 ;; # much waiting
    --long) kind="Category=Long" hang=10min beside=2 ;;
    --project) tests="$root/tests/${2:?--project needs a name}" && shift ;;
    --no-build) build="" ;;
    --filter) filter=${2:?--filter needs an expression} && shift ;;
    *) echo "usage: eng/test.sh [--oldest | --slow | --long | --prefix] [--project NAME] [--filter EXPRESSION] [--no-build]" >&2 && exit 2 ;;
  esac
  shift
done

passed=0 failed=0 skipped=0 complete=""
finish() {
  [[ -n $complete && $((passed + failed)) -gt 0 ]] || failed=$((failed + 1))
  local line="$passed passed, $failed failed"
  ((skipped == 0)) || line+=", $skipped skipped"
  echo
  echo "$line"
  exit $((failed > 0))
}
group=""
trap finish EXIT
trap '[[ -z $group ]] || kill -KILL -- "-$group"; exit' INT TERM

# ---- results ---------------------------------------------------------------------------------------------------------------------------

# "passed failed skipped" over the .trx files of a folder. A test process that crashed or hung is a failure of its own.
count() {
  find "$1" -name '*.trx' -exec cat {} + | awk -F'"' '
    /<Text>The active test run was aborted/ { aborted++ }
    /<Counters / { for (i = 1; i < NF; i++) { if ($i ~ / total=$/) t += $(i+1); if ($i ~ / executed=$/) e += $(i+1); if ($i ~ / passed=$/) p += $(i+1) } }
    END { print p + 0, e - p + aborted, t - e }'
}

# Every test that failed or was skipped, with the first lines of its reason.
list() {
  find "$1" -name '*.trx' -exec cat {} + | awk '
    function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
    function report() { if (what != "") print "  " what " " test (why == "" ? "" : ": " why); what = "" }
    /<UnitTestResult / {
      report(); outcome = attribute("outcome"); test = attribute("testName"); why = ""
      what = outcome == "Passed" ? "" : outcome == "NotExecuted" ? "skipped" : "FAILED"
    }
    what != "" && why == "" && /<(Message|StdOut)>/ { reading = 1 }
    reading {
      line = $0
      sub(/.*<(Message|StdOut)>/, "", line)
      reading = !sub(/<\/(Message|StdOut)>.*/, "", line) && length(why) < 400
      why = why (why == "" ? "" : " ") line
    }
    /<\/Results>/ { report() }' | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#x[AD];//g; s/&amp;/\&/g'
  find "$1" -name 'Sequence_*.xml' -exec cat {} + | tr '>' '\n' | sed -nE 's/.*<Test Name="([^"]*)".* Completed="False".*/  CRASHED OR HUNG \1/p' | sort -u
}

run_tests() { # label server filter
  local label=$1 folder="$results/$1" code=0 begin=$SECONDS p f s arguments=()
  [[ -z $3 ]] || arguments=(--filter "$3")
  echo
  echo "== $label${3:+ ($3)}"
  # A process group of its own: when a hung test is given up, VSTest leaves its process behind.
  set -m
  NATS_SERVER=$2 dotnet test "$tests" --no-build -c Release "-m:$beside" --logger trx --results-directory "$folder" \
    --blame-hang-timeout "$hang" --blame-hang-dump-type none "${arguments[@]}" </dev/null &
  group=$!
  set +m
  wait "$group" || code=$?
  kill -KILL -- "-$group" 2>/dev/null && echo "ended what the tests left running"
  group=""
  read -r p f s < <(count "$folder")
  ((code == 0 || f > 0)) || f=1 # whatever else went wrong
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  summary+=("$label: $p passed, $f failed, $s skipped in $((SECONDS - begin)) s" "$(list "$folder")")
}

# ---- the runs --------------------------------------------------------------------------------------------------------------------------

rm -rf "$results"
summary=()
begin=$SECONDS
server=$("$root/eng/nats-server.sh" "$which") || server=""
summary+=("servers: $((SECONDS - begin)) s")

begin=$SECONDS
# One compiler for all projects takes half the time, whatever the machine's settings say.
if [[ -n $build ]] && ! dotnet build "$root/NatsToolkit.sln" -c Release -v quiet -p:UseSharedCompilation=true </dev/null; then
  echo "the build failed"
  exit 1
fi
summary+=("build: $((SECONDS - begin)) s")

if [[ -z $server ]]; then
  echo "no nats-server: only the tests that need none" >&2
  run_tests "no-server" "" "Category!=Server&$kind${filter:+&($filter)}"
  failed=$((failed + 1))
else
  run_tests "nats-server-$which" "$server" "$kind${filter:+&($filter)}"
fi

echo
printf '%s\n' "${summary[@]}" | sed '/^$/d'
complete=1
