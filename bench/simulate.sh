#!/usr/bin/env bash
# Simulates deployments larger than one machine with the figures of a run, and prints what each comes to.
#   bench/simulate.sh            with bench/results/latest.json
#   bench/simulate.sh FILE       with another file of bench/run.sh
#   bench/simulate.sh --write    with bench/results/latest.json, and replaces the tables of docs/scaling.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in -h | --help) sed -n '2,5s/^# \?//p' "bench/simulate.sh"; exit ;; esac
dotnet build bench/Simulation -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
simulation=bench/Simulation/bin/Release/net10.0/Actors.Bench.Simulation
case ${1:-} in
  --write) exec "$simulation" bench/results/latest.json docs/scaling.md ;;
  *) exec "$simulation" "${1:-bench/results/latest.json}" ;;
esac
