#!/usr/bin/env bash
# Installs MiniStack into a virtual environment below .local/ (once), starts it in the background, waits until it is healthy
# and prints its endpoint. If ours already runs on that port, only prints the endpoint. State is in memory.
#
#   PORT         port on 127.0.0.1 (default: 4566); instances on different ports are independent
#   PYTHON       Python 3.10 or later (default: found on the PATH or among pyenv's versions)
#   LAMBDA_NODE  Node binary that runs the functions (default: `node` on the PATH)
#
# MiniStack's own variables (LAMBDA_WARM_TTL_SECONDS, LOG_LEVEL, …) are passed on. Its log is in .local/ministack/run/PORT/log.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$here/../../.local/ministack
port=${PORT:-4566}
mkdir -p "$home/run/$port"
home=$(cd "$home" && pwd)
run=$home/run/$port
endpoint=http://127.0.0.1:$port

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[0-9]*/bin/python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "MiniStack needs Python 3.10 or later with venv: install it, or name it in PYTHON" >&2
  return 1
}

install() {
  cmp -s "$here/requirements.txt" "$home/requirements.txt" && return
  local python
  python=$(find_python)
  rm -rf "$home/venv"
  "$python" -m venv "$home/venv"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt" >&2 || {
    echo "MiniStack could not be installed: pip needs access to a Python package index" >&2
    return 1
  }
  cp "$here/requirements.txt" "$home/requirements.txt" # marks this step as done
}

is_running() { [ -s "$run/pid" ] && ps -o args= -p "$(cat "$run/pid")" 2>/dev/null | grep -q ministack; }
is_healthy() { "$home/venv/bin/python" - "$port" <<'PY' 2>/dev/null
import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=2)
connection.request("GET", "/_ministack/health")
sys.exit(connection.getresponse().status != 200)
PY
}

launch() {
  local node name
  node=$(command -v "${LAMBDA_NODE:-node}") || {
    echo "No Node to run the functions: put node on the PATH, or name it in LAMBDA_NODE" >&2
    return 1
  }
  # Functions inherit MiniStack's environment: an endpoint or credentials of this shell would lead them astray.
  for name in $(compgen -e | grep '^AWS_'); do unset "$name"; done
  mkdir -p "$run/bin"
  ln -sfn "$(cd "$(dirname "$node")" && pwd)/$(basename "$node")" "$run/bin/node"
  export PATH=$run/bin:$PATH
  # Not below the project: its package.json and node_modules would hold for the functions' code.
  TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/ministack.XXXXXX")
  export TMPDIR
  echo "$TMPDIR" >"$run/tmp"
  export GATEWAY_PORT=$port
  export BIND_HOST=127.0.0.1
  # It listens for IoT devices as well, on a fixed port; instances must not meet there.
  export IOT_MTLS_PORT=${IOT_MTLS_PORT:-$((port + 4317))}
  # A process for each concurrent invocation: those that a burst leaves are ended soon, else they fill the memory.
  export LAMBDA_WARM_TTL_SECONDS=${LAMBDA_WARM_TTL_SECONDS:-30}
  export no_proxy=${no_proxy:+$no_proxy,}127.0.0.1,localhost
  export NO_PROXY=$no_proxy
  # Its updates of an item by a state machine check and write without a lock, in threads: two bookings took the same seat.
  # Threads that are switched seldom (by default every 5 ms) make each update atomic in practice, as DynamoDB's are.
  setsid "$home/venv/bin/python" -c 'import sys; sys.setswitchinterval(0.05); from ministack.app import main; main()' \
    </dev/null >"$run/log" 2>&1 &
  echo $! >"$run/pid"
}

install
if ! is_running; then
  if is_healthy; then
    echo "Port $port is taken by another MiniStack" >&2
    exit 1
  fi
  launch
fi
deadline=$((SECONDS + ${START_TIMEOUT:-60}))
until is_healthy; do
  if ! is_running || [ $SECONDS -ge $deadline ]; then
    echo "MiniStack did not become healthy; the end of its log:" >&2
    tail -n 30 "$run/log" >&2
    PORT=$port "$here/stop.sh"
    exit 1
  fi
  sleep 0.2
done
echo "$endpoint"
