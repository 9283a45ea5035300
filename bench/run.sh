#!/usr/bin/env bash
# Measures Actors beside what teams use instead and beside what the machine can do at most, in turns.
#   bench/run.sh             every row, below 20 minutes on 2 cores; keeps the figures in bench/results/latest.json, and chart.svg
#   bench/run.sh --quick     the main rows below 3 minutes, in short rounds; keeps them in bench/results/quick.json
#   bench/run.sh ROW...      these rows; replaces them in the file
#   bench/run.sh grains      calls of the Orleans stand-in, in process, in every detail; nothing is kept
# polls, calls      tasks/get; tools/call of a short tool        beside bare Kestrel, the C# SDK and the TypeScript SDK
# creates, jobs     a durable create; create, run and complete   beside PostgreSQL, pgbench, pg-boss and graphile-worker
# start             cold start until the first answer            beside the C# SDK and the TypeScript SDK
# pickup, cancel, recovery, fairness                             a cluster of 3 silos and 2 frontends
# watchers, streams, sessions, live                              many listeners, 10,000 streams, 100,000 sessions and jobs
# table, purge, claim                                            with ever more rows, up to 10 million jobs that have ended
# hop                                                            a grain call in process, and to another process
# Further options go to the driver: --out FILE, --chart FILE.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in -h | --help) sed -n '2,15s/^# \?//p' "$0"; exit ;; esac
bench/setup.sh
dotnet build bench/Driver -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
if [[ ${1:-} == grains ]]; then exec bench/GrainCalls/bin/Release/net10.0/Actors.Bench.GrainCalls; fi
ulimit -n "$(ulimit -Hn)" # for the rows that hold thousands of connections
code=0
bench/Driver/bin/Release/net10.0/Actors.Bench.Driver "$@" || code=$?
echo "with the build $((SECONDS / 60)) min $((SECONDS % 60)) s"
exit $code
