# Holds every #include "…" of ours against the arrow table, and outside libraries against the folders that must not
# know them. Use: awk -f cmake/check-arrows.awk cmake/arrows.cmake FILE…; exit status 1 when one doesn't fit.

# The target that a path belongs to: the longest folder that is one.
function target_of(path,    parts, n, name) {
  n = split(path, parts, "/")
  if (n > 3 && ((parts[1] "_" parts[2] "_" parts[3]) in known)) return parts[1] "_" parts[2] "_" parts[3]
  if (n > 2 && ((parts[1] "_" parts[2]) in known)) return parts[1] "_" parts[2]
  return (parts[1] in known) ? parts[1] : ""
}

function complain(text) {
  printf "%s:%d: %s\n", FILENAME, FNR, text
  wrong = 1
}

# The table: set(ARROWS_name used used …), over one line or more.
NR == FNR {
  line = $0
  sub(/#.*/, "", line)
  if (match(line, /set\(ARROWS_[a-z_]+/)) {
    name = substr(line, RSTART + 11, RLENGTH - 11)
    known[name] = 1
    line = substr(line, RSTART + RLENGTH)
  }
  if (name != "") {
    closes = index(line, ")")
    gsub(/[()]/, " ", line)
    n = split(line, used, " ")
    for (i = 1; i <= n; i++) arrow[name, used[i]] = 1
    if (closes) name = ""
  }
  next
}

FNR == 1 {
  from = target_of(FILENAME)
  is_pure = from ~ /^(protocol|server_domain|common_desk_model|client_model|admin_model)$/
}

# Tests may use everything.
from == "" { next }

/^#include "/ {
  split($0, quoted, "\"")
  to = target_of(quoted[2])
  if (to == "") complain("includes \"" quoted[2] "\", which belongs to no folder of the arrow table")
  else if (to != from && !((from, to) in arrow)) complain("the arrow " from " -> " to " is not in cmake/arrows.cmake")
}

is_pure && /^#include <(boost\/(asio|beast)|openssl\/|sqlite3|imgui|GLFW\/)/ {
  complain(from " knows no network, crypto library, database or window: " $2)
}

END { exit wrong }
