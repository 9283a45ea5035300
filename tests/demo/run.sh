#!/usr/bin/env bash
# The demonstration of ./run.sh demo, in its short form.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
if deploy/demo.sh --short; then echo '1 passed, 0 failed'; else echo '0 passed, 1 failed'; exit 1; fi
