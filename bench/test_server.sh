# Sourced by the benchmarks: a throw-away server with limits for a load test, and people and rooms made once.
# Needs $bin, the folder with the programs. Everything is gone when the script ends.

work=$(mktemp -d)
port=${PORT:-17443}
server=

end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

# Starts the server on its data directory and waits until it accepts.
start_server() {
  : >"$work/ready"
  "$bin/wardroomd" run --data "$work/data" >"$work/ready" 2>>"$work/log" &
  server=$!
  until grep -q '^ready ' "$work/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
  done
}

stop_server() {
  kill "${1:--TERM}" "$server"
  wait "$server" 2>/dev/null || true
  server=
}

# A fresh process: what one test leaves in memory must not flatter the next.
restart_server() {
  stop_server
  start_server
}

# Sets one option of wardroom.toml, whose lines stand there with a # and the default.
set_option() { sed -i "s/^#\{0,1\}$1 = .*/$1 = $2/" "$work/data/wardroom.toml"; }

load() {
  "$bin/wardroom-load" --connect "localhost:$port" --ca "$work/data/tls/ca.crt" --state "$work/people.json" \
    --server-pid "$server" "$@"
}

"$bin/wardroomd" init --data "$work/data" --host localhost,127.0.0.1 --port "$port" >"$work/init"
for option in unauthenticated_per_address max_connections requests_per_second requests_burst messages_per_second \
  messages_burst; do
  set_option "$option" 100000
done
echo "a password for one afternoon" >"$work/password"
start_server
load --user admin --password-file "$work/password" --setup-code "$(sed -n 's/^Set-up code: *//p' "$work/init")" \
  --connections 10 --users 10 --seconds 0.1 --warm-up 0 >/dev/null
