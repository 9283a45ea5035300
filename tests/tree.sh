#!/usr/bin/env bash
# What must hold of every committed file, and no compiler checks.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
passed=0 failed=0

# check TITLE COMMAND...: the command prints what is wrong.
check() {
  local title=$1 found; shift
  found=$("$@" 2>&1 | head -20)
  if [[ -z $found ]]; then passed=$((passed + 1)); echo "ok   $title"
  else failed=$((failed + 1)); printf 'FAIL %s\n%s\n' "$title" "$found"; fi
}

here=$(pwd)
machine_paths() {
  local path
  for path in "$here" "$(dirname "$here")" "${HOME:-}"; do
    [[ ${#path} -gt 4 ]] && git grep -nIF -e "$path/" -- .
  done
  git grep -nIE -e '(/home|/Users)/[A-Za-z]' -- . ':!tests/tree.sh'
}
registry_hosts() {
  git grep -nIE -e 'registry\.npmjs\.org|(api|www)\.nuget\.org' -- . ':!tests/tree.sh'
  git grep -nIE -e '"resolved": *"https?:' -- '*package-lock.json'
}
unfinished() { git grep -nIE -e '\b(TODO|FIXME|HACK)\b|NotImplementedException' -- src tests samples standins ':!tests/tree.sh'; }
conditional_code() { git grep -nIE -e '^[[:space:]]*#if' -- src; }
not_executable() { git ls-files -s -- '*.sh' .ci/run | grep -v '^100755'; }

check 'nothing in src/ is compiled conditionally' conditional_code
check 'no file names a path of one machine' machine_paths
check 'no file names a package registry' registry_hosts
check 'nothing is marked as unfinished' unfinished
check 'scripts are executable' not_executable

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
