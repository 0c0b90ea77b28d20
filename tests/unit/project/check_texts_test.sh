#!/bin/sh
# Promise: a text that isn't translated, one that a language lacks and one that it has for nothing are each named.
set -eu
root=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p client/views client/languages
code() { printf 'namespace x {\nvoid f() { g(%s); }\n}\n' "$1" >client/views/a.cpp; }
language() { printf '[texts]\n%s\n[counts]\n"{0} days" = { one = "{0} Tag", other = "{0} Tage" }\n' "$1" >client/languages/de.toml; }
check() { "$root/client/languages/check-texts.py" . >out; }
days='tr_count(2, "{0} day", "{0} days")'

code "tr(\"Send it\"), $days, \"an_id\""
language '"Send it" = "Senden"'
check || { cat out; echo "FAILED: what is in order is refused"; exit 1; }
fails() {
  if check; then echo "FAILED: $1"; exit 1; fi
  grep -q "$2" out || { cat out; echo "FAILED: $1 isn't named"; exit 1; }
}
code "\"Send it\", $days"
fails "a text without tr" '^client/views/a.cpp:2: '
code "tr(\"Send it\"), tr(\"Send \" \"more\"), $days"
fails "a text that the language lacks" 'lacks .*"Send more"'
code "$days"
fails "a text too many" 'any more: "Send it"'
code "tr(\"Send it\")"
fails "a count too many" 'any more: "{0} days"'
code "tr(\"Send it\"), $days"
language '"Send it" = "{0} senden"'
fails "a place that nobody fills" '{0} isn'
