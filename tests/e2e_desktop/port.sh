#!/usr/bin/env bash
# Runs the test of the session bus's port on a bus of its own: port.sh PROGRAM
set -euo pipefail
command -v dbus-run-session >/dev/null || {
  echo "dbus-run-session is missing (Debian: dbus-daemon)."
  exit 77
}
exec dbus-run-session -- "$@"
