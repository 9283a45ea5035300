#!/usr/bin/env bash
# Prints what moved between two runs by more than their rounds lay apart, and which rows only one of them has. Ends with 1 where Actors
# got worse, and with 2 where nothing was compared, for one run is quick and the other full.
#   bench/compare.sh             bench/results/latest.json beside what is committed
#   bench/compare.sh NEW         another file beside what is committed
#   bench/compare.sh OLD NEW
set -euo pipefail
files=()
for file in "$@"; do
  [[ -r $file ]] || { echo "There is no file $file." >&2; exit 2; }
  files+=("$(realpath "$file")")
done
set -- "${files[@]}"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case $# in
  2) old=$1 new=$2 ;;
  *) new=${1:-bench/results/latest.json}
     old=$(mktemp); trap 'rm -f "$old"' EXIT
     git show HEAD:bench/results/latest.json > "$old" ;;
esac
driver=bench/Driver/bin/Release/net10.0/Actors.Bench.Driver
[[ -x $driver ]] || dotnet build bench/Driver -c Release -nologo -v q -clp:NoSummary -nodeReuse:false
"$driver" compare "$old" "$new"
