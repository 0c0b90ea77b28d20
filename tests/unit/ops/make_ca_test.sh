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

# A client with the old authority's key alone: its own certificate isn't trusted, what was signed anew is.
old=$(pin)
cp "$ca/ca.crt" "$dir/old.crt"
expect "a rotation" "$script" rotate "$ca" chat.example.org
[ "$old" = "$(pin)" ] || { echo "FAILED: a rotation that isn't finished changes nothing"; exit 1; }
refuse "a second rotation" "$script" rotate "$ca" chat.example.org
cp -r "$ca" "$dir/announced"
expect "the end of a rotation" "$script" finish "$ca" chat.example.org
[ "$old" != "$(pin)" ] || { echo "FAILED: the authority has another key"; exit 1; }
[ ! -e "$ca/next-ca.key" ] || { echo "FAILED: the next key is the key"; exit 1; }
expect "the new certificate verifies" verify -verify_hostname chat.example.org
# next-signed first, then the old one with room below it.
sed '/-----END/q' "$ca/new-with-old.crt" >"$dir/next.crt"
sed '1,/-----END/d' "$ca/new-with-old.crt" >"$dir/former.crt"
says() { openssl x509 -in "$1" -noout -ext nsComment | grep -qx " *$2"; }
expect "the next one is named as it" says "$dir/next.crt" 'Wardroom: the next authority of this office'
expect "the old one is named, too" says "$dir/former.crt" 'Wardroom: the authority before, signed anew for the next one'
by_old() { openssl verify -purpose sslserver -CAfile "$1" -untrusted "$dir/next.crt" -verify_hostname chat.example.org "$ca/server.crt"; }
expect "who knows the old key finds the way" by_old "$dir/former.crt"
refuse "not by the old certificate, which has no room" by_old "$dir/old.crt"
[ "$old" = "$(openssl x509 -in "$dir/former.crt" -noout -pubkey)" ] || { echo "FAILED: the old key is the one in what was signed anew"; exit 1; }
rm "$ca/new-with-old.crt"
expect "another rotation" "$script" rotate "$ca" chat.example.org
case $(openssl x509 -in "$ca/next-ca.crt" -noout -subject) in *'CA 3'*) ;; *) echo "FAILED: the third authority's name"; exit 1 ;; esac

# A finish that can't be whole changes nothing, above all not the old authority's key.
announced() { rm -rf "$ca" && cp -r "$dir/announced" "$ca"; }
changes_nothing() { # changes_nothing WHAT
  cp -r "$ca" "$dir/before"
  refuse "$1" "$script" finish "$ca" "${2:-chat.example.org}"
  for file in ca.key ca.crt server.crt; do
    cmp -s "$ca/$file" "$dir/before/$file" || { echo "FAILED: $1: $file is another one"; exit 1; }
  done
  rm -rf "$dir/before"
}
announced && rm "$ca/new-with-old.crt"
changes_nothing "a finish without the old one's word"
announced && rm "$ca/next-ca.crt"
changes_nothing "a finish without the next certificate"
announced && rm "$ca/next-ca.key" && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$ca/next-ca.key" 2>/dev/null
changes_nothing "a finish with a key that isn't the next one's"
announced && cp "$ca/ca.crt" "$ca/new-with-old.crt"
changes_nothing "a finish with a word for another key"
announced
changes_nothing "a finish for a host that the next one may not vouch for" bank.example.com

# A rotate that was broken off is run again; so is a finish, at either of its moves.
announced && rm "$ca/new-with-old.crt" "$ca/next-ca.crt"
expect "a rotation that was broken off" "$script" rotate "$ca" chat.example.org
expect "its end" "$script" finish "$ca" chat.example.org
expect "verifies" verify -verify_hostname chat.example.org
announced && mv "$ca/next-ca.crt" "$ca/ca.crt"
refuse "a renewal by two halves" "$script" renew "$ca" chat.example.org
refuse "names by two halves" "$script" names "$ca" chat.example.org
expect "a finish that was broken off" "$script" finish "$ca" chat.example.org
expect "verifies, too" verify -verify_hostname chat.example.org
[ ! -e "$ca/next-ca.key" ] || { echo "FAILED: the key wasn't moved"; exit 1; }

announced
expect "one more name during a rotation" "$script" names "$ca" chat.example.org,more.example.net
expect "holds now" verify -verify_hostname more.example.net
expect "the end of that rotation" "$script" finish "$ca" chat.example.org,more.example.net
expect "holds afterwards" verify -verify_hostname more.example.net

# A number with a zero before it is no octal one.
rm -f "$ca/new-with-old.crt"
WARDROOM_CA_NAME='Walk CA 08' WARDROOM_PERMITTED='permitted;DNS:chat.example.org' WARDROOM_SERVER_NAME='' WARDROOM_NAMES='' \
  openssl req -new -x509 -days 30 -config "$(dirname "$script")/ca.cnf" -key "$ca/ca.key" -out "$ca/ca.crt"
expect "a rotation after number 08" "$script" rotate "$ca" chat.example.org
case $(openssl x509 -in "$ca/next-ca.crt" -noout -subject) in *'CA 9') ;; *) echo "FAILED: the name after 08"; exit 1 ;; esac
