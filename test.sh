#!/usr/bin/env bash
# Runs every test there is, and ends with a line "N passed, M failed".
#   ./test.sh                everything
#   ./test.sh Grains clients only the runners whose name holds one of these words; nothing is left out of the build
# Logs and reports go to TestResults/. Nothing that a test started outlives this script.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
results=$root/TestResults
export ACTORS_TEST_RUN="$$-$RANDOM$RANDOM"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export ACTORS_CONFIGURATION=Release
suite_deadline_s=900
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

# What a test starts inherits the variable above, even where it leaves its process group, as a database server does.
end_leftovers() {
  local signal pid survivors
  for signal in TERM KILL; do
    survivors=()
    for pid in $(grep -lsaF "ACTORS_TEST_RUN=$ACTORS_TEST_RUN" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3); do
      [[ $pid == $$ || $pid == "$BASHPID" ]] || survivors+=("$pid")
    done
    [[ ${#survivors[@]} -eq 0 ]] && return
    kill "-$signal" "${survivors[@]}" 2>/dev/null
    for _ in {1..50}; do kill -0 "${survivors[@]}" 2>/dev/null || break; sleep 0.1; done
  done
}
trap end_leftovers EXIT
trap 'exit 130' INT TERM HUP

wanted() {
  [[ ${#only[@]} -eq 0 ]] && return 0
  local word
  for word in "${only[@]}"; do [[ ${1,,} == *"${word,,}"* ]] && return 0; done
  return 1
}

# count NAME EXIT_CODE PASSED FAILED SKIPPED: a runner that broke, or that ran nothing, is a failure too.
count() {
  local name=$1 code=$2 ok=${3:-0} bad=${4:-0} left=${5:-0}
  if [[ $bad -eq 0 && ( $code -ne 0 || $ok -eq 0 ) ]]; then bad=1; fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
  printf '%-28s %5d passed, %d failed, %d skipped (%d s)\n' "$name" "$ok" "$bad" "$left" "$((SECONDS - started))"
  [[ $bad -eq 0 ]] || { echo "--- exit code $code; the end of TestResults/$name.log:"; tail -n 60 "$results/$name.log"; }
}

# run NAME COMMAND...: with its output in a file, a deadline, and nothing left behind.
run() {
  local name=$1; shift
  started=$SECONDS
  timeout --kill-after=10 "$suite_deadline_s" "$@" >"$results/$name.log" 2>&1 </dev/null
  local code=$?
  [[ $code -ne 124 ]] || echo "stopped after $suite_deadline_s s" >>"$results/$name.log"
  end_leftovers
  return $code
}

# The last line "N passed, M failed[, K skipped]" of a log.
tally() { sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 \4/p' "$results/$1.log" | tail -1; }

run_xunit() {
  local project=$1 name program report code
  name=$(basename "$project")
  program=$(compgen -G "$project/bin/Release/net10.0/*$name" | head -1)
  report=$results/$name.xml
  run "$name" "${program:-$name}" -xml "$report" -noLogo -noColor
  code=$?
  attribute() { sed -nE "0,/<assembly /s/.*<assembly [^>]* ?$1=\"([0-9]+)\".*/\1/p" "$report" 2>/dev/null | head -1; }
  local errors; errors=$(attribute errors)
  count "$name" $code "$(attribute passed)" "$(( $(attribute failed || true) + ${errors:-0} ))" "$(attribute skipped)"
}

only=("$@")
rm -rf "$results"; mkdir -p "$results"

say 'What the tests need'
tests/setup.sh || { echo 'setting up failed'; printf '\n0 passed, 1 failed\n'; exit 1; }

say 'Build'
started=$SECONDS
if dotnet build Actors.sln -c Release -nologo -v q -nodeReuse:false >"$results/build.log" 2>&1; then
  echo "built, no warning ($((SECONDS - started)) s)"
else
  grep -E 'error|warning' "$results/build.log" | sort -u | head -40
  printf '\n0 passed, 1 failed\n'
  exit 1
fi

say 'Tests'
if wanted tree; then
  run tree tests/tree.sh; code=$?
  count tree $code $(tally tree)
fi
for project in tests/*.Tests; do
  wanted "$(basename "$project")" && run_xunit "$project"
done
for name in conformance clients demo; do
  wanted $name && [[ -x tests/$name/run.sh ]] || continue
  run $name tests/$name/run.sh; code=$?
  count $name $code $(tally $name)
done
if wanted Chaos; then
  run chaos tests/Chaos/run.sh --minutes 1 --seed "${ACTORS_CHAOS_SEED:-1}" --clients 100 --folder "$results/chaos"; code=$?
  # One test: that no promise was broken. The checker's own tests are in Chaos.Tests.
  count chaos $code $((code == 0)) $((code != 0))
fi

printf '\n%d skipped, %d s\n' "$skipped" "$SECONDS"
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
