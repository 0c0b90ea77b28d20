#include <cstdlib>
#include <string_view>

#include "common/base/utf8.hpp"
#include "server/files/byte_range.hpp"
#include "server/files/file_name.hpp"
#include "server/files/scanner.hpp"
#include "server/files/tus.hpp"

// Header lines of uploads and downloads, and names of files, from anybody who is signed in, and what a
// scanner answers: what is read stays within its bounds, and a cleaned name is one that can't be cleaned
// further and is no path.

using namespace wardroom;
using namespace wardroom::files;

namespace {

void must_hold(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string name = clean_file_name(text);
  must_hold(!name.empty() && name.size() <= 255 && is_valid_utf8(name));
  must_hold(name != "." && name != ".." && name.find_first_of("/\\\n\r\t") == std::string::npos);
  must_hold(content_disposition(name).find_first_of("\r\n") == std::string::npos);
  if (const auto number = parse_upload_number(text)) must_hold(*number >= 0 && *number <= kMaxUploadBytes);
  if (const auto metadata = parse_upload_metadata(text)) must_hold(metadata->room > 0);
  if (const auto checksum = parse_checksum(text))
    must_hold(checksum->digest.size() == 20 || checksum->digest.size() == 32);
  // Answers of the virus scanner: one alone says that a file is clean.
  const auto scan = parse_scan(text);
  must_hold((scan.verdict == Scan::Verdict::clean) == (text == "stream: OK"));
  must_hold(scan.text.size() <= 256 && scan.text.find_first_of("\r\n\"") == std::string::npos);
  constexpr std::int64_t kSize = 1000;
  const auto asked = parse_range(text, kSize);
  if (asked.kind == RangeAsked::Kind::part)
    must_hold(asked.range.begin >= 0 && asked.range.length > 0 &&
              asked.range.begin + asked.range.length <= kSize);
  return 0;
}
