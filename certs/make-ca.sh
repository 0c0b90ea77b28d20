#!/bin/sh
# Makes the office's certificate authority and the server's certificate on a machine of your choice, so that the
# authority's key never lies on the server. Needs a POSIX shell and openssl 3.
set -eu

usage() {
  cat <<'TEXT'
make-ca.sh new DIR "Office name" HOST[,HOST|IP…]   makes DIR with an authority and a first server certificate
make-ca.sh renew DIR HOST[,HOST|IP…]               makes a new server certificate of the same authority
make-ca.sh names DIR HOST[,HOST|IP…]               lets the authority vouch for exactly these hosts, with the same key,
                                                   so that PCs and invite links know it; and a server certificate for them

Example: ./make-ca.sh new office-ca "Harbour & Sons" chat.harbour.example,192.168.1.10

DIR then holds ca.key (keep it here, offline), ca.crt, server.key and server.crt. To use them, copy the last three
into the tls/ folder of the server's data directory, remove keys/ca.key there, and restart the server.
TEXT
}

fail() {
  printf 'make-ca.sh: %s\n' "$1" >&2
  exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
WARDROOM_CA_NAME='' WARDROOM_PERMITTED='' WARDROOM_SERVER_NAME='' WARDROOM_NAMES=''

# Both lists from HOST,HOST: what the authority may vouch for, what the certificate stands for.
read_hosts() {
  WARDROOM_SERVER_NAME=${1%%,*}
  [ "${#WARDROOM_SERVER_NAME}" -le 64 ] || WARDROOM_SERVER_NAME='Wardroom server'
  for host in $(printf '%s' "$1,localhost,127.0.0.1,::1" | tr ',' ' '); do
    case $host in
      *[!0-9A-Za-z._:-]*) fail "\"$host\" is neither a host name nor an IP address." ;;
      *:*) kind=IP mask=/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ;;
      *[!0-9.]*) kind=DNS mask='' ;;
      *) kind=IP mask=/255.255.255.255 ;;
    esac
    WARDROOM_PERMITTED="${WARDROOM_PERMITTED:+$WARDROOM_PERMITTED,}permitted;$kind:$host$mask"
    WARDROOM_NAMES="${WARDROOM_NAMES:+$WARDROOM_NAMES,}$kind:$host"
  done
  export WARDROOM_PERMITTED WARDROOM_NAMES WARDROOM_SERVER_NAME
}

make_key() {
  [ -e "$1" ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

make_authority() {
  make_key "$1/ca.key"
  openssl req -new -x509 -days 3650 -config "$here/ca.cnf" -key "$1/ca.key" -out "$1/ca.crt.new"
  mv "$1/ca.crt.new" "$1/ca.crt"
}

# The server keeps its key: a renewal replaces one file.
make_server_certificate() {
  make_key "$1/server.key"
  openssl req -new -config "$here/server.cnf" -key "$1/server.key" -out "$1/server.csr"
  openssl x509 -req -days 90 -in "$1/server.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" \
    -set_serial "0x$(openssl rand -hex 15)" -extfile "$here/server.cnf" -extensions server -out "$1/leaf.crt" 2>/dev/null
  openssl verify -purpose sslserver -CAfile "$1/ca.crt" "$1/leaf.crt" >/dev/null ||
    fail "the authority may not vouch for one of these hosts; it was made for: $(openssl x509 -in "$1/ca.crt" -noout \
      -ext nameConstraints | tr -s ' \n' ' ')"
  cat "$1/leaf.crt" "$1/ca.crt" >"$1/server.crt.new"
  mv "$1/server.crt.new" "$1/server.crt"
  rm -f "$1/server.csr" "$1/leaf.crt"
}

umask 077
case ${1:-} in
  new)
    [ $# -eq 4 ] || { usage >&2; exit 2; }
    [ ! -e "$2" ] || fail "$2 exists. Name a new directory."
    mkdir -p "$2"
    read_hosts "$4"
    WARDROOM_CA_NAME="$(printf '%s' "$3" | cut -c 1-40) Wardroom CA"
    export WARDROOM_CA_NAME
    make_authority "$2"
    make_server_certificate "$2"
    printf 'Made %s. Keep ca.key off the server.\n' "$2"
    ;;
  renew)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    [ -e "$2/ca.key" ] || fail "$2/ca.key isn't there."
    read_hosts "$3"
    make_server_certificate "$2"
    printf 'Made %s/server.crt, good for 90 days. Copy it into tls/ of the data directory; the server takes it up on SIGHUP.\n' "$2"
    ;;
  names)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    [ -e "$2/ca.key" ] || fail "$2/ca.key isn't there."
    read_hosts "$3"
    WARDROOM_CA_NAME=$(openssl x509 -in "$2/ca.crt" -noout -subject -nameopt multiline,utf8,-esc_msb |
      sed -n 's/^ *commonName *= //p')
    export WARDROOM_CA_NAME
    make_authority "$2"
    make_server_certificate "$2"
    printf 'Made %s/ca.crt and server.crt. Copy both into tls/ of the data directory and put the hosts into wardroom.toml;\n' "$2"
    printf 'the server takes them up on SIGHUP.\n'
    ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
