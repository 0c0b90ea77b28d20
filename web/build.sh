#!/bin/sh
# Builds the browser's page into web/dist. The one entry point: needs node 18 or newer, npm, and the packages of
# package-lock.json, which it fetches when they aren't there. Ends with 77 where these aren't to be had.
set -eu
cd "$(dirname "$0")"
without() {
  echo "web/build.sh: $*" >&2
  exit 77
}
command -v node >/dev/null && command -v npm >/dev/null || without "node and npm are missing: apt install nodejs npm"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' || without "node $(node --version) is too old: 18 or newer is needed"

# What was fetched for another lock file is fetched anew. No script of a package runs.
if ! cmp -s package-lock.json node_modules/.of-lock; then
  if ! npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000 >.npm-said 2>&1; then
    cat .npm-said >&2
    # Only where npm reaches no registry there is nothing to be done here; a wrong lock file is a fault.
    ! grep -qE 'E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|NETUNREACH|HOSTUNREACH|TIMEDOUT|RR_SOCKET_TIMEOUT|403|407|50[234])|network' .npm-said || without "npm's registry isn't reached"
    exit 1
  fi
  cp package-lock.json node_modules/.of-lock
fi
node tools/generate-wire.mjs --check
node_modules/.bin/tsc -p .
node tools/build.mjs
