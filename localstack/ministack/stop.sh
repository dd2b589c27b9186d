#!/usr/bin/env bash
# Stops the MiniStack that start.sh started with the same PORT, with its functions' processes, and nothing else.
set -euo pipefail

run=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../../.local/ministack/run/${PORT:-4566}
pid=$(cat "$run/pid" 2>/dev/null || true)

# The pid may belong to something else by now, for example after a reboot.
is_running() { [ -n "$pid" ] && ps -o args= -p "$pid" 2>/dev/null | grep -q ministack; }

if is_running; then
  kill "$pid"
  for _ in $(seq 50); do
    is_running || break
    sleep 0.2
  done
  # start.sh made it the leader of a session: functions that it left behind are in its process group.
  kill -KILL -- "-$pid" 2>/dev/null || true
fi
tmp=$(cat "$run/tmp" 2>/dev/null || true)
[[ $tmp == */ministack.?????? ]] && rm -rf "$tmp"
rm -f "$run/pid" "$run/tmp"
