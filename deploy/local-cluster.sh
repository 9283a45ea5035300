#!/usr/bin/env bash
# A whole cluster on this machine: PostgreSQL, 3 silos, 2 frontends, and nginx in front of them, round robin, no stickiness.
#   deploy/local-cluster.sh up [SILOS [FRONTENDS]]   builds, starts what does not run, prints what to paste
#   deploy/local-cluster.sh status                   who runs, and who is ready
#   deploy/local-cluster.sh kill|pause|resume|drain|restart NAME   NAME: silo-1, frontend-2, nginx, postgres
#   deploy/local-cluster.sh add silo|frontend        one more
#   deploy/local-cluster.sh logs NAME | key [TENANT [SUBJECT]] | down
# kill is SIGKILL, pause is SIGSTOP, drain is SIGTERM and a wait for the end. Everything lies in ACTORS_CLUSTER_DIR (.data/cluster).
# ACTORS_CLUSTER_BASE (8000) is where the ports start: nginx +80, frontends +100, health of silos +200, silos +300, their gateways
# +400, PostgreSQL +500. ACTORS_PACKS: the tool packs, separated by colons; default: the two samples. ACTORS_CLUSTER_PROXY=none: no
# nginx, somebody else balances.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=${ACTORS_CLUSTER_DIR:-$root/.data/cluster}
base=${ACTORS_CLUSTER_BASE:-8000}
configuration=${ACTORS_CONFIGURATION:-Release}
drain_s=${ACTORS_CLUSTER_DRAIN_S:-60}
proxy=${ACTORS_CLUSTER_PROXY:-nginx}
ready_s=60
sample() { echo "$root/samples/$1/bin/$configuration/net10.0/Actors.$1.dll"; }
packs=${ACTORS_PACKS:-$(sample KnowledgeBase):$(sample Workshop)}
mkdir -p "$dir"/{run,logs,nginx}
dir=$(cd "$dir" && pwd)
export ACTORS_CLUSTER_DIR=$dir ACTORS_CLUSTER_BASE=$base

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- processes -------------------------------------------------------------------------------------------------------------

pid_of() {
  case $1 in
    postgres) head -1 "$dir/postgres/postmaster.pid" 2>/dev/null ;;
    *) cat "$dir/run/$1.pid" 2>/dev/null ;;
  esac
}

# Whether the process is there, and is ours: a number in a file may belong to somebody else by now.
runs() {
  local pid; pid=$(pid_of "$1") || return 1
  [[ -n $pid && -r /proc/$pid/cmdline ]] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$dir"
}
is_paused() { [[ $(sed -E 's/.*\) (.).*/\1/' "/proc/$(pid_of "$1")/stat" 2>/dev/null) == T ]]; }
names() { { compgen -G "$dir/run/$1-*.name" || true; } | sed -E 's|.*/(.*)\.name|\1|' | sort -t- -k2 -n; }
number() { echo "${1##*-}"; }

# family NAME: its process and, of a server with workers, theirs.
family() { local pid; pid=$(pid_of "$1"); echo "$pid" $(ps -o pid= --ppid "$pid" 2>/dev/null); }

await_end() { # NAME SECONDS
  local end=$((SECONDS + $2))
  while runs "$1"; do (( SECONDS < end )) || return 1; sleep 0.1; done
}

# In a session of its own, so that Ctrl-C here does not reach it; its exit code is kept.
launch() { # NAME COMMAND...
  local name=$1; shift
  rm -f "$dir/run/$name.exit" "$dir/run/$name.pid"
  setsid bash -c 'pidfile=$1 exitfile=$2; shift 2; "$@" & echo $! >"$pidfile"; wait $!; echo $? >"$exitfile"' \
    _ "$dir/run/$name.pid" "$dir/run/$name.exit" "$@" >>"$dir/logs/$name.log" 2>&1 </dev/null &
  until [[ -s $dir/run/$name.pid ]]; do sleep 0.02; done
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------------

postgres_bin() {
  local program
  program=$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -1)
  program=${program:-$(command -v postgres)} || fail 'PostgreSQL 15 or newer is missing (Debian, Ubuntu: sudo apt-get install postgresql).'
  dirname "$program"
}

# PostgreSQL does not run as root; there it runs as the account postgres, which may pass through folders of root's.
as_postgres() { # in a subshell: it does not return
  if [[ $EUID -ne 0 ]]; then exec "$@"
  else exec setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override -- "$@"; fi
}

init_postgres() {
  [[ -f $dir/postgres/PG_VERSION ]] && return
  say 'Creating the database ...'
  rm -rf "$dir/postgres"; mkdir -m 700 "$dir/postgres"
  (umask 077; head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$dir/password"; cp "$dir/password" "$dir/password.initdb")
  [[ $EUID -ne 0 ]] || chown postgres: "$dir/postgres" "$dir/password.initdb"
  (cd / && as_postgres "$(postgres_bin)/initdb" --pgdata="$dir/postgres" --encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 \
    --username=actors --auth=scram-sha-256 --pwfile="$dir/password.initdb") >"$dir/logs/initdb.log" 2>&1 || fail "initdb failed: see $dir/logs/initdb.log"
  rm "$dir/password.initdb"
}

psql_quiet() { PGPASSWORD=$(cat "$dir/password") "$(postgres_bin)/psql" -h 127.0.0.1 -p "$((base + 500))" -U actors -XAtq "$@"; }

start_postgres() {
  runs postgres && return
  init_postgres
  launch postgres "$root/deploy/local-cluster.sh" _postgres
  local end=$((SECONDS + ready_s))
  until psql_quiet -d postgres -c 'select 1' >/dev/null 2>&1; do
    (( SECONDS < end )) || fail "PostgreSQL did not start: see $dir/logs/postgres.log"
    sleep 0.1
  done
  psql_quiet -d postgres -c "select 1 from pg_database where datname = 'actors'" | grep -q . \
    || psql_quiet -d postgres -c 'create database actors' >/dev/null
}

run_postgres() {
  cd / && as_postgres "$(postgres_bin)/postgres" -D "$dir/postgres" -p "$((base + 500))" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300
}

# --- silos and frontends ---------------------------------------------------------------------------------------------------

start_member() { # NAME
  local name=$1 n settings program
  runs "$name" && return
  n=$(number "$name")
  settings=("--Cluster=$dir" "--Actors:Cluster:Id=local")
  if [[ $name == silo-* ]]; then
    program=$root/src/Silo/bin/$configuration/net10.0/Actors.Silo
    settings+=("--urls=http://127.0.0.1:$((base + 200 + n))" "--Actors:Cluster:SiloName=$name" --Actors:Cluster:AdvertisedAddress=127.0.0.1
      "--Actors:Cluster:SiloPort=$((base + 300 + n))" "--Actors:Cluster:GatewayPort=$((base + 400 + n))")
    local i=0 pack
    while IFS= read -r -d : pack; do settings+=("--Actors:ToolPacks:Paths:$((i++))=$pack"); done <<<"$packs:"
  else
    program=$root/src/Frontend/bin/$configuration/net10.0/Actors.Frontend
    settings+=("--urls=http://127.0.0.1:$((base + 100 + n))")
  fi
  touch "$dir/run/$name.name"
  Actors__Storage__ConnectionString="Host=127.0.0.1;Port=$((base + 500));Username=actors;Password=$(cat "$dir/password");Database=actors" \
    launch "$name" "$program" "${settings[@]}"
}

health_of() { # NAME: where to ask
  case $1 in
    silo-*) echo "http://127.0.0.1:$((base + 200 + $(number "$1")))" ;;
    frontend-*) echo "http://127.0.0.1:$((base + 100 + $(number "$1")))" ;;
  esac
}
ready() { curl -s -m 3 "$(health_of "$1")/readyz" 2>/dev/null || echo 'no answer'; }

await_ready() { # NAME...
  local name end=$((SECONDS + ready_s))
  for name in "$@"; do
    until [[ $(ready "$name") == ready ]]; do
      runs "$name" || fail "$name ended with code $(cat "$dir/run/$name.exit" 2>/dev/null || echo '?'): see $dir/logs/$name.log"
      (( SECONDS < end )) || fail "$name is not ready ($(ready "$name")): see $dir/logs/$name.log"
      sleep 0.1
    done
  done
}

# --- nginx -----------------------------------------------------------------------------------------------------------------

install_nginx() {
  [[ $proxy == nginx ]] || return 0
  command -v nginx >/dev/null && return
  [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null || fail 'nginx is missing (Debian, Ubuntu: sudo apt-get install nginx-light).'
  say 'Installing nginx ...'
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nginx-light; } >/dev/null
}

# A call whose body was sent to a frontend that then went away may have run: it is not sent to another one, which is what nginx
# does with POST unless it is told otherwise. A frontend that refuses the connection costs nobody anything.
write_nginx() {
  local name servers=''
  for name in $(names frontend); do servers+="    server 127.0.0.1:$((base + 100 + $(number "$name"))) max_fails=1 fail_timeout=1s;"$'\n'; done
  cat >"$dir/nginx/nginx.conf" <<CONF
$([[ $EUID -ne 0 ]] || echo 'user root;')
worker_processes 1;
pid $dir/run/nginx.pid;
error_log $dir/logs/nginx.log;
events { worker_connections 16384; }
http {
  access_log off;
  client_max_body_size 4m;
  client_body_temp_path $dir/nginx/body; proxy_temp_path $dir/nginx/proxy; fastcgi_temp_path $dir/nginx/fastcgi;
  uwsgi_temp_path $dir/nginx/uwsgi; scgi_temp_path $dir/nginx/scgi;
  upstream actors {
$servers  }
  server {
    listen 127.0.0.1:$((base + 80));
    location / {
      proxy_pass http://actors;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host \$http_host;
      proxy_connect_timeout 2s;
      proxy_read_timeout 10m;
      proxy_next_upstream error timeout;
    }
  }
}
CONF
}

start_nginx() {
  [[ $proxy == nginx ]] || return 0
  write_nginx
  if runs nginx; then kill -HUP "$(pid_of nginx)"; return; fi
  rm -f "$dir/run/nginx.pid"
  nginx -p "$dir/nginx" -c "$dir/nginx/nginx.conf" -e "$dir/logs/nginx.log" || fail "nginx did not start: see $dir/logs/nginx.log"
}

# --- commands --------------------------------------------------------------------------------------------------------------

build() {
  [[ -n ${ACTORS_TEST_RUN:-} || -n ${ACTORS_CLUSTER_BUILT:-} ]] && return
  local project
  for project in src/Silo src/Frontend ${ACTORS_PACKS:+tests/FixturePack} samples/KnowledgeBase samples/Workshop; do
    dotnet build "$root/$project" -c "$configuration" -nologo -v q -clp:NoSummary -nodeReuse:false >&2
  done
}

up() {
  local silos=${1:-3} frontends=${2:-2} i members=()
  install_nginx
  build
  for (( i = 1; i <= silos; i++ )); do members+=("silo-$i"); done
  for (( i = 1; i <= frontends; i++ )); do members+=("frontend-$i"); done
  members=($(printf '%s\n' "${members[@]}" $(names silo) $(names frontend) | sort -u))
  start_postgres
  for name in "${members[@]}"; do start_member "$name"; done
  start_nginx
  await_ready "${members[@]}"
  [[ -s $dir/key ]] || (umask 077; issue_key dev owner >"$dir/key")
  [[ $proxy != nginx ]] || paste
}

issue_key() {
  Actors__Storage__ConnectionString="Host=127.0.0.1;Port=$((base + 500));Username=actors;Password=$(cat "$dir/password");Database=actors" \
    "$root/src/Frontend/bin/$configuration/net10.0/Actors.Frontend" key --tenant "${1:-dev}" --subject "${2:-owner}"
}

paste() {
  local url=http://127.0.0.1:$((base + 80))/mcp key meta call
  key=$(cat "$dir/key")
  meta='"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}'
  call="curl -s $url -H 'Authorization: Bearer $key' -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -H 'MCP-Protocol-Version: 2026-07-28'"
  cat <<TEXT

Actors listens on $url, through nginx
Key: $key

.mcp.json:
{"mcpServers":{"actors":{"type":"http","url":"$url","headers":{"Authorization":"Bearer $key"}}}}

Create a job, kill the silo of your choice, and poll the same handle through whichever frontend comes next:
id=\$($call -H 'Mcp-Method: tools/call' -H 'Mcp-Name: slow_thing' -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow_thing","arguments":{"seconds":60},$meta}}' | sed -E 's/.*"taskId":"([^"]+)".*/\1/')
$0 kill silo-1
$call -H 'Mcp-Method: tasks/get' -d '{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"'\$id'",$meta}}'

TEXT
}

status() {
  local name state
  for name in postgres nginx $(names silo) $(names frontend); do
    if ! runs "$name"; then state="gone (code $(cat "$dir/run/$name.exit" 2>/dev/null || echo '?'))"
    elif is_paused "$name"; then state=paused
    elif [[ $name == *-* ]]; then state=$(ready "$name")
    else state=runs; fi
    printf '%-12s %-8s %s\n' "$name" "$(runs "$name" && pid_of "$name" || echo -)" "$state"
  done
}

start() {
  case $1 in
    postgres) start_postgres ;;
    nginx) start_nginx ;;
    *) start_member "$1"; await_ready "$1" ;;
  esac
}

drain() {
  runs "$1" || fail "$1 does not run."
  kill -TERM "$(pid_of "$1")"; kill -CONT $(family "$1") 2>/dev/null || true
  await_end "$1" "$drain_s" || fail "$1 has not ended within $drain_s s."
  say "$1 has ended with code $(until [[ -s $dir/run/$1.exit || $1 == nginx ]]; do sleep 0.02; done; cat "$dir/run/$1.exit" 2>/dev/null || echo '?')"
}

add() {
  local last name
  [[ $1 == silo || $1 == frontend ]] || fail 'add silo, or add frontend'
  last=$(names "$1" | tail -1)
  name=$1-$(( $(number "${last:-$1-0}") + 1 ))
  start_member "$name"
  await_ready "$name"
  [[ $1 == silo ]] || start_nginx
  say "$name is ready"
}

down() {
  local name all=(nginx $(names frontend) $(names silo))
  for name in "${all[@]}"; do
    if runs "$name"; then kill -TERM "$(pid_of "$name")"; kill -CONT $(family "$name"); fi 2>/dev/null || true
  done
  for name in "${all[@]}"; do
    await_end "$name" "$drain_s" || { kill -KILL $(family "$name") 2>/dev/null || true; }
  done
  if runs postgres; then
    kill -CONT $(family postgres) 2>/dev/null || true
    kill -INT "$(pid_of postgres)"
    await_end postgres 20 || { kill -KILL $(family postgres) 2>/dev/null || true; }
  fi
  rm -f "$dir"/run/*
}

known() { [[ -n ${1:-} ]] || fail 'which one? See status.'; [[ $1 == postgres || $1 == nginx || -e $dir/run/$1.name ]] || fail "There is no $1: see status."; }

case ${1:-} in
  up) shift; up "$@" ;;
  down) down ;;
  status) status ;;
  kill) known "${2:-}"; kill -KILL $(family "$2"); await_end "$2" 10 ;;
  pause) known "${2:-}"; kill -STOP $(family "$2") ;;
  resume) known "${2:-}"; kill -CONT $(family "$2") ;;
  drain) known "${2:-}"; drain "$2" ;;
  restart) known "${2:-}"; if runs "$2"; then drain "$2"; fi; start "$2" ;;
  add) add "${2:-}" ;;
  logs) known "${2:-}"; exec tail -n "${LINES_SHOWN:-200}" "$dir/logs/$2.log" ;;
  key) issue_key "${2:-dev}" "${3:-owner}" ;;
  _postgres) run_postgres ;;
  *) sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed -e '$d' -e 's/^# \?//'; exit 2 ;;
esac
