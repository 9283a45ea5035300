#!/usr/bin/env bash
# The suite needs Node 22, which comes with the packages here; an own one that is new enough does too.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
node=$(compgen -G 'node_modules/node-*/bin/node' | head -1)
exec "${node:-node}" run.mjs "$@"
