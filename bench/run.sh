#!/usr/bin/env bash
# Measures what README states, as ratios within one run: about a minute and a half.
#   bench/run.sh                          everything
#   bench/run.sh polls | creates | grains one row
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
row=${1:-all}
echo "bench/run.sh $row, $(git rev-parse --short HEAD 2>/dev/null || echo 'no commit'), $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs)"
echo "what else runs: $(ps -eo pcpu,comm --sort=-pcpu --no-headers | awk '$1 > 2 { printf "%s %s%%, ", $2, $1 }')"
for project in bench/Driver bench/GrainCalls; do
  dotnet build "$project" -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
done
case $row in
  all | polls | creates) bench/Driver/bin/Release/net10.0/Actors.Bench.Driver "$row" ;;
esac
case $row in
  all | grains) bench/GrainCalls/bin/Release/net10.0/Actors.Bench.GrainCalls ;;
esac
