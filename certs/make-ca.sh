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
make-ca.sh rotate DIR HOST[,HOST|IP…]              makes the next authority and has the present one vouch for it
make-ca.sh finish DIR HOST[,HOST|IP…]              lets the next one issue, removes the old one's key, and makes a
                                                   server certificate

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

make_authority() { # make_authority DIR NAME: from NAME.key, which it makes where there is none, to NAME.crt
  make_key "$1/$2.key"
  openssl req -new -x509 -days 3650 -config "$here/ca.cnf" -key "$1/$2.key" -out "$1/$2.crt.new"
  mv "$1/$2.crt.new" "$1/$2.crt"
}

public_key_of() { openssl x509 -in "$1" -noout -pubkey; }

is_key_of() { # is_key_of KEY CERTIFICATE…: each of the certificates is of this key; of two in a file the first counts
  public=$(openssl pkey -in "$1" -pubout) || return 1
  shift
  for certificate; do [ "$(public_key_of "$certificate")" = "$public" ] || return 1; done
}

# The authority that issues. They differ after a finish that was broken off.
check_authority() {
  [ -e "$1/ca.key" ] || fail "$1/ca.key isn't there."
  is_key_of "$1/ca.key" "$1/ca.crt" ||
    fail "$1/ca.key isn't the key of $1/ca.crt. Nothing was changed. If a finish was broken off, run it again; else bring both back from one copy."
}

authority_name() { # authority_name FILE
  openssl x509 -in "$1" -noout -subject -nameopt multiline,utf8,-esc_msb | sed -n 's/^ *commonName *= //p'
}

# "Harbour Wardroom CA", "Harbour Wardroom CA 2", … 3.
next_name() {
  number=${1##* }
  case $number in
    '' | *[!0-9]* | ??????????*) printf '%s 2' "$1" ;;
    *)
      # A shell takes 08 for an octal number.
      while [ "${number#0?}" != "$number" ]; do number=${number#0}; done
      printf '%s %s' "${1% *}" "$((number + 1))"
      ;;
  esac
}

# For how many whole days more the certificate holds.
days_left() {
  from=0 to=3650
  openssl x509 -in "$1" -noout -checkend 0 >/dev/null || fail "$1 has ended: its word for another authority is worth nothing."
  while [ "$from" -lt "$to" ]; do
    middle=$(((from + to + 1) / 2))
    if openssl x509 -in "$1" -noout -checkend $((middle * 86400)) >/dev/null; then from=$middle; else to=$((middle - 1)); fi
  done
  printf '%s' "$from"
}

# next-ca.key and next-ca.crt, and new-with-old.crt: what the present authority signs for it, then itself once more.
make_next_authority() {
  old_name=$(authority_name "$1/ca.crt")
  days=$(days_left "$1/ca.crt")
  make_key "$1/next-ca.key"
  WARDROOM_CA_NAME=$(next_name "$old_name")
  export WARDROOM_CA_NAME
  openssl req -new -x509 -days 3650 -config "$here/ca.cnf" -key "$1/next-ca.key" -out "$1/next-ca.crt"
  openssl req -new -config "$here/ca.cnf" -key "$1/next-ca.key" -out "$1/next.csr"
  openssl x509 -req -days "$days" -in "$1/next.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" \
    -set_serial "0x$(openssl rand -hex 15)" -extfile "$here/ca.cnf" -extensions next -out "$1/next-signed.crt" 2>/dev/null
  WARDROOM_CA_NAME=$old_name
  openssl req -new -x509 -days "$days" -config "$here/ca.cnf" -extensions former -key "$1/ca.key" -out "$1/former.crt"
  cat "$1/next-signed.crt" "$1/former.crt" >"$1/new-with-old.crt.new"
  mv "$1/new-with-old.crt.new" "$1/new-with-old.crt"
  rm -f "$1/next.csr" "$1/next-signed.crt" "$1/former.crt"
}

# The server keeps its key: a renewal replaces one file.
make_server_certificate() { # make_server_certificate DIR CERTIFICATE KEY: by this authority; what was there stays until all is well
  make_key "$1/server.key"
  openssl req -new -config "$here/server.cnf" -key "$1/server.key" -out "$1/server.csr"
  openssl x509 -req -days 90 -in "$1/server.csr" -CA "$2" -CAkey "$3" \
    -set_serial "0x$(openssl rand -hex 15)" -extfile "$here/server.cnf" -extensions server -out "$1/leaf.crt" 2>/dev/null
  openssl verify -purpose sslserver -CAfile "$2" "$1/leaf.crt" >/dev/null ||
    fail "the authority may not vouch for one of these hosts; it was made for: $(openssl x509 -in "$2" -noout \
      -ext nameConstraints | tr -s ' \n' ' ')"
  cat "$1/leaf.crt" "$2" >"$1/server.crt.new"
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
    make_authority "$2" ca
    make_server_certificate "$2" "$2/ca.crt" "$2/ca.key"
    printf 'Made %s. Keep ca.key off the server.\n' "$2"
    ;;
  renew)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    check_authority "$2"
    read_hosts "$3"
    make_server_certificate "$2" "$2/ca.crt" "$2/ca.key"
    printf 'Made %s/server.crt, good for 90 days. Copy it into tls/ of the data directory; the server takes it up on SIGHUP.\n' "$2"
    ;;
  names)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    check_authority "$2"
    read_hosts "$3"
    export WARDROOM_CA_NAME
    # The one that is to follow first: finish would make nothing for the new names.
    if [ -e "$2/next-ca.key" ] && [ -e "$2/next-ca.crt" ]; then
      is_key_of "$2/next-ca.key" "$2/next-ca.crt" ||
        fail "$2/next-ca.key isn't the key of $2/next-ca.crt. Nothing was changed. Bring both back from one copy."
      WARDROOM_CA_NAME=$(authority_name "$2/next-ca.crt")
      make_authority "$2" next-ca
    fi
    WARDROOM_CA_NAME=$(authority_name "$2/ca.crt")
    make_authority "$2" ca
    make_server_certificate "$2" "$2/ca.crt" "$2/ca.key"
    printf 'Made %s/ca.crt and server.crt. Copy both into tls/ of the data directory and put the hosts into wardroom.toml;\n' "$2"
    printf 'the server takes them up on SIGHUP.\n'
    ;;
  rotate)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    check_authority "$2"
    [ ! -e "$2/new-with-old.crt" ] || fail "$2/new-with-old.crt is there: the last rotation hasn't ended. Remove it when the server's is gone."
    read_hosts "$3"
    make_next_authority "$2"
    printf 'Made %s/new-with-old.crt. Copy it into tls/ of the data directory; the server takes it up on SIGHUP.\n' "$2"
    ;;
  finish)
    [ $# -eq 3 ] || { usage >&2; exit 2; }
    [ -e "$2/next-ca.key" ] || fail "$2/next-ca.key isn't there. First: make-ca.sh rotate"
    [ -e "$2/new-with-old.crt" ] ||
      fail "$2/new-with-old.crt isn't there: no PC would follow to the next authority. Nothing was changed. First: make-ca.sh rotate"
    read_hosts "$3"
    # Gone already: an earlier run was broken off between the last two moves.
    next=$2/next-ca.crt
    [ -e "$next" ] || next=$2/ca.crt
    is_key_of "$2/next-ca.key" "$next" "$2/new-with-old.crt" ||
      fail "$2/next-ca.key, $next and $2/new-with-old.crt aren't of one authority. Nothing was changed. Remove the first and the last, and next-ca.crt, then: make-ca.sh rotate"
    make_server_certificate "$2" "$next" "$2/next-ca.key"
    # The old key goes last: until then this can be run again.
    [ ! -e "$2/next-ca.crt" ] || mv "$2/next-ca.crt" "$2/ca.crt"
    mv "$2/next-ca.key" "$2/ca.key"
    printf 'Made %s/ca.crt and server.crt. Copy both into tls/ of the data directory; the server takes them up on SIGHUP.\n' "$2"
    ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
