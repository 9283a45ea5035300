#!/usr/bin/env bash
# Makes sure of what the tests need: the .NET SDK, PostgreSQL, Node and the npm packages of tests/conformance and tests/clients.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

missing() { echo "$1 is missing. $2" >&2; exit 1; }

apt_install() {
  command -v apt-get >/dev/null && [[ $(id -u) -eq 0 ]] || missing "$1" "Install it, or run this as root where there is apt."
  echo "installing $1"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1"; } >/dev/null
}

has_postgres() { command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
node_major() { node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/'; }

command -v dotnet >/dev/null || missing 'The .NET 10 SDK' 'See global.json for the version.'
has_postgres || apt_install postgresql
{ [[ $(node_major) -ge 20 ]] && command -v npm >/dev/null; } 2>/dev/null || { apt_install nodejs; command -v npm >/dev/null || apt_install npm; }
[[ $(node_major) -ge 20 ]] || missing 'Node 20 or newer' "This one is $(node --version 2>/dev/null || echo none)."

# A folder is up to date when its stamp holds its lock file.
for folder in conformance clients; do
  stamp=$folder/node_modules/.installed-lock.json
  cmp -s "$folder/package-lock.json" "$stamp" && continue
  for attempt in 1 2 3; do
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && break
    [[ $attempt -lt 3 ]] || missing "What tests/$folder/package-lock.json lists" 'npm could not fetch it.'
    echo "npm failed; once more"
  done
  cp "$folder/package-lock.json" "$stamp"
done
echo "dotnet $(dotnet --version), node $(node --version), packages in place"
