#!/usr/bin/env bash
# Measures what README states, each row beside its target: about fifteen minutes.
#   bench/run.sh                              everything
#   bench/run.sh polls | creates              one process, beside what it could be at most
#   bench/run.sh table | purge                one process, with ever more jobs that have ended, and while they are discarded
#   bench/run.sh pickup | cancel | recovery   a cluster of 3 silos and 2 frontends
#   bench/run.sh claim | fairness             the line: what a claim costs; a light tenant beside one with thousands of jobs
#   bench/run.sh grains | hop                 calls of the Orleans stand-in: in process; and what another process costs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
row=${1:-all}
case $row in
  all) projects=(bench/Driver bench/GrainCalls) ;;
  polls | creates | table | purge | pickup | cancel | recovery | claim | fairness) projects=(bench/Driver) ;;
  grains | hop) projects=(bench/GrainCalls) ;;
  *) sed -n '3,8s/^# \?//p' "$0" >&2; exit 2 ;;
esac
echo "bench/run.sh $row, $(git rev-parse --short HEAD 2>/dev/null || echo 'no commit'), $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs)"
echo "what else runs: $(ps -eo pcpu,comm --sort=-pcpu --no-headers | awk '$1 > 2 { printf "%s %s%%, ", $2, $1 }')"
for project in "${projects[@]}"; do
  dotnet build "$project" -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
done
if [[ " ${projects[*]} " == *" bench/Driver "* ]]; then
  bench/Driver/bin/Release/net10.0/Actors.Bench.Driver "$row"
fi
case $row in
  all | grains) bench/GrainCalls/bin/Release/net10.0/Actors.Bench.GrainCalls ;;
esac
case $row in
  all | hop) bench/GrainCalls/bin/Release/net10.0/Actors.Bench.GrainCalls hop ;;
esac
