#!/bin/bash
# What 200 PCs that cosign heads of the audit log cost the server: PCS=… and ROUNDS=… change the size.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
load --connections 200 --users 200 --seconds 0.2 >/dev/null
restart_server
PYTHONPATH=../tests/attack python3 cosigning.py "$port" "$work/data/tls/ca.crt" "$work/people.json" "$server"
