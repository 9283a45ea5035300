#!/usr/bin/env bash
# Measures the product's process as it ships beside the same with other settings of its runtime, its sockets and its connections, in
# turns, and prints one table. What it ships with is chosen by it: docs/performance.md, "Settings".
#   bench/settings.sh             every setting, four at a time; keeps the figures in bench/results/settings.json
#   bench/settings.sh NAME...     these settings, three minutes for four of them; replaces them in the file
#   bench/settings.sh --list      what there is
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in
  -h | --help) sed -n '2,6s/^# \?//p' "$0"; exit ;;
  --list) sed -nE 's/^ +new\("([^"]+)", "([^"]+)"\).*/\1: \2/p' bench/Driver/Settings/AllSettings.cs; exit ;;
esac
dotnet build bench/Driver -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
exec bench/Driver/bin/Release/net10.0/Actors.Bench.Driver settings bench/results/settings.json "$@"
