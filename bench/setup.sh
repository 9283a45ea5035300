#!/usr/bin/env bash
# Makes sure of what bench/ measures beside the product: the npm packages of bench/npm, a Node for them, and pgbench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/npm"
command -v npm >/dev/null || { echo 'npm is missing: run tests/setup.sh first.' >&2; exit 1; }
command -v pgbench >/dev/null || { echo 'pgbench is missing; it comes with PostgreSQL.' >&2; exit 1; }
stamp=node_modules/.installed-lock.json
cmp -s package-lock.json "$stamp" && exit 0
for attempt in 1 2 3; do
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && break
  [[ $attempt -lt 3 ]] || { echo 'npm could not fetch what bench/npm/package-lock.json lists.' >&2; exit 1; }
  echo 'npm failed; once more'
done
cp package-lock.json "$stamp"
