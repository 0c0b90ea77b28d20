#include "server/domain/people_csv.hpp"

#include <cstdlib>

#include "common/base/utf8.hpp"

// Any bytes as a file of people: never a crash, places that exist, and no good row without a name.

using namespace wardroom;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = domain::decode_text(bytes);
  require(is_valid_utf8(text.text));
  const auto file = domain::parse_people_csv(bytes);
  require(!file.rows.empty() || !file.errors.empty());
  const auto lines = static_cast<std::int64_t>(size) + 1;
  domain::TextPosition last;
  for (const auto& error : file.errors) {
    require(error.line >= 1 && error.line <= lines && error.column >= 1 && error.column <= lines + 1);
    require(domain::TextPosition{error.line, error.column} >= last);
    require(!error.message.empty());
    last = {error.line, error.column};
  }
  std::int64_t bad = 0;
  for (const auto& row : file.rows) {
    if (!row.is_good) {
      ++bad;
      continue;
    }
    require(row.name.size() >= 2 && !row.display_name.empty() && is_valid_utf8(row.display_name));
    for (const auto& room : row.rooms) require(!room.name.empty() && is_valid_utf8(room.name));
  }
  require(bad <= static_cast<std::int64_t>(file.errors.size()));
  return 0;
}
