#!/bin/sh
# Promise: the check of the arrows complains about what it is there for, and about nothing else.
set -eu
root=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p server/domain server/net

check() { awk -f "$root/cmake/check-arrows.awk" "$root/cmake/arrows.cmake" "$1" >out; }

printf '#include <string>\n#include "common/base/result.hpp"\n#include "protocol/types.hpp"\n' >server/domain/good.hpp
check server/domain/good.hpp || { cat out; echo "FAILED: a good file is refused"; exit 1; }

for bad in '"server/net/server.hpp"' '"nowhere/at_all.hpp"' '<openssl/evp.h>' '<boost/asio.hpp>'; do
  printf '#include <string>\n#include %s\n' "$bad" >server/domain/bad.hpp
  if check server/domain/bad.hpp; then echo "FAILED: $bad isn't found"; exit 1; fi
  grep -q '^server/domain/bad.hpp:2: ' out || { cat out; echo "FAILED: the complaint about $bad has no place"; exit 1; }
done
