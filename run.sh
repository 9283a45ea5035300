#!/usr/bin/env bash
# Starts Actors on this machine: one process, both sample packs, a private PostgreSQL under .data/.
#   ./run.sh                 on http://127.0.0.1:8080/mcp; further arguments go to the server, for example --urls=http://127.0.0.1:9090
#   ./run.sh demo            plays the main job with a real client, and kills the server half way
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [[ ${1:-} == demo ]]; then
  shift
  exec deploy/demo.sh "$@"
fi

say() { printf '%s\n' "$*" >&2; }

has_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.'; }

has_postgres() {
  local program
  for program in /usr/lib/postgresql/*/bin/postgres "$(command -v postgres || true)"; do
    [[ -x $program ]] && (( $("$program" --version | sed -E 's/.*\) ([0-9]+).*/\1/') >= 15 )) && return 0
  done
  return 1
}

install_postgres() {
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    say 'Installing PostgreSQL ...'
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  fi
  has_postgres || {
    say 'PostgreSQL 15 or newer is missing. Install it (Debian, Ubuntu: sudo apt-get install postgresql),'
    say 'or name a database: Actors__Storage__ConnectionString="Host=...;Database=..." ./run.sh'
    exit 1
  }
}

has_dotnet || { say 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download (or your distribution: dotnet-sdk-10.0).'; exit 1; }
[[ -n ${Actors__Storage__ConnectionString:-} ]] || has_postgres || install_postgres

for project in src/Standalone samples/KnowledgeBase samples/Workshop; do
  dotnet build "$project" -c Release -nologo -v q -clp:NoSummary >&2
done

exec src/Standalone/bin/Release/net10.0/Actors.Standalone \
  --urls=http://127.0.0.1:8080 \
  --Actors:ToolPacks:Paths:0=samples/KnowledgeBase/bin/Release/net10.0/Actors.KnowledgeBase.dll \
  --Actors:ToolPacks:Paths:1=samples/Workshop/bin/Release/net10.0/Actors.Workshop.dll \
  "$@"
