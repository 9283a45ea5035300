#!/usr/bin/env bash
# Plays the main job: a slow tool call becomes a job, the server is killed with -9 half way, and the same handle finishes.
#   deploy/demo.sh           about 20 s to watch
#   deploy/demo.sh --short   a few seconds, for the tests
# Exits with 0 only where all of it happened.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=${ACTORS_CONFIGURATION:-Release}
demo=$root/deploy/demo/bin/$configuration/net10.0/Actors.Demo

case "${1:-}" in
  '') files=100 delay_ms=150 ;;
  --short) files=40 delay_ms=100 ;;
  *) echo "usage: $0 [--short]" >&2; exit 2 ;;
esac

# The tests have built it already, and say so.
[[ -n ${ACTORS_TEST_RUN:-} ]] || dotnet build "$root/deploy/demo/Demo.csproj" -c "$configuration" -nologo -v q -nodeReuse:false
exec "$demo" "$files" "$delay_ms"
