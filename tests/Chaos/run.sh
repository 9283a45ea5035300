#!/usr/bin/env bash
# Disturbs a real cluster under clients at work, and checks from the record of every request and answer what was promised.
#   tests/Chaos/run.sh --minutes N --seed S [--clients C] [--faults KillSilo,PauseSilo,…] [--one-process] [--keep] [--folder F]
#   tests/Chaos/run.sh --check FILE        checks the record of an earlier run again
# Exit code 0: every promise was kept; 1: not so; 2: the run itself failed. docs/reliability.md says more.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
configuration=${ACTORS_CONFIGURATION:-Release}
program=$root/tests/Chaos/Driver/bin/$configuration/net10.0/Actors.Chaos.Driver
# test.sh has built everything already.
[[ -n ${ACTORS_TEST_RUN:-} && -x $program ]] ||
  dotnet build "$root/tests/Chaos/Driver" -c "$configuration" -nologo -v q -clp:NoSummary -nodeReuse:false
exec "$program" "$@"
