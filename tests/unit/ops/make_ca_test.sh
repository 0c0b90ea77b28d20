#!/bin/sh
# Promise: an office that makes its CA elsewhere gets certificates that verify for its hosts and for no other.
set -eu
script=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
ca=$dir/ca

expect() { # expect WHAT COMMAND…: the command succeeds
  what=$1
  shift
  "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; echo "FAILED: $what"; exit 1; }
}
refuse() { # refuse WHAT COMMAND…: the command fails
  what=$1
  shift
  if "$@" >"$dir/out" 2>&1; then cat "$dir/out"; echo "FAILED: $what"; exit 1; fi
}
verify() { openssl verify -x509_strict -purpose sslserver -CAfile "$ca/ca.crt" "$@" "$ca/server.crt"; }

expect "a new CA" "$script" new "$ca" 'Harbour & Sons, "Ltd"' chat.example.org,192.0.2.7,2001:db8::7
expect "verifies for its name" verify -verify_hostname chat.example.org
expect "verifies for its address" verify -verify_ip 192.0.2.7
expect "verifies for its IPv6 address" verify -verify_ip 2001:db8::7
expect "verifies for localhost" verify -verify_hostname localhost
refuse "another name" verify -verify_hostname bank.example.org
refuse "a second CA in the same place" "$script" new "$ca" Other other.example.org

key=$(cat "$ca/server.key")
expect "a renewal" "$script" renew "$ca" chat.example.org
expect "a renewed certificate verifies" verify -verify_hostname chat.example.org
[ "$key" = "$(cat "$ca/server.key")" ] || { echo "FAILED: the renewal keeps the key"; exit 1; }
good=$(cat "$ca/server.crt")
refuse "a host that the CA may not vouch for" "$script" renew "$ca" bank.example.com
[ "$good" = "$(cat "$ca/server.crt")" ] || { echo "FAILED: a refused renewal keeps the old certificate"; exit 1; }
[ "$(stat -c %a "$ca/ca.key")" = 600 ] || { echo "FAILED: the CA's key is its owner's alone"; exit 1; }

pin() { openssl x509 -in "$ca/ca.crt" -noout -pubkey; }
subject() { openssl x509 -in "$ca/ca.crt" -noout -subject; }
before=$(pin)$(subject)
expect "one more name" "$script" names "$ca" chat.example.org,192.0.2.7,new.example.net
expect "the new name verifies" verify -verify_hostname new.example.net
expect "the old name still does" verify -verify_hostname chat.example.org
refuse "a name that was left out" verify -verify_ip 2001:db8::7
[ "$before" = "$(pin)$(subject)" ] || { echo "FAILED: the authority's key and name stay"; exit 1; }
