#include "server/files/file_name.hpp"

#include <catch2/catch.hpp>

#include "common/base/utf8.hpp"
#include "server/files/byte_range.hpp"

using namespace wardroom;
using namespace wardroom::files;

TEST_CASE("bad names are cleaned, and none is refused") {
  const std::pair<const char*, const char*> names[] = {
      {"report.pdf", "report.pdf"},
      {"../../x", "x"},
      {"/etc/passwd", "passwd"},
      {"C:\\Users\\lena\\plan.doc", "plan.doc"},
      {"..", "file"},
      {"/", "file"},
      {"", "file"},
      {"  a b  ", "a b"},
      {"CON", "_CON"},
      {"con.txt", "_con.txt"},
      {"Lpt1", "_Lpt1"},
      {"console.txt", "console.txt"},
      {"line\nbreak\r.txt", "linebreak.txt"},
      {"a\tb", "ab"},
      {"evil\u202Egnp.exe", "evilgnp.exe"},
      {"\uFEFFname", "name"},
      {"Stra\u00DFe.txt", "Stra\u00DFe.txt"},
      {"bad\xFF.txt", "bad\uFFFD.txt"},
      {".profile", ".profile"},
      {"dots...", "dots"},
      {"10:30 <b>.txt", "10:30 <b>.txt"},
  };
  for (const auto& [given, cleaned] : names) {
    INFO(given);
    CHECK(clean_file_name(given) == cleaned);
    CHECK(clean_file_name(cleaned) == cleaned);
  }
}

TEST_CASE("a name over 255 bytes keeps its ending, and no letter is cut in two") {
  const std::string plain = clean_file_name(std::string(300, 'a') + ".tar.gz");
  CHECK(plain.size() == 255);
  CHECK(plain.ends_with("a.gz"));
  std::string wide;
  for (int i = 0; i < 150; ++i) wide += "\u00E4";
  const std::string cut = clean_file_name(wide + ".png");
  CHECK(cut.size() <= 255);
  CHECK(cut.ends_with("\u00E4.png"));
  CHECK(is_valid_utf8(cut));
  CHECK(clean_file_name(std::string(300, 'b')).size() == 255);
}

TEST_CASE("the name of a download is whole for who reads RFC 8187, and harmless for who doesn't") {
  CHECK(content_disposition("a.png") ==
        "Content-Disposition: attachment; filename=\"a.png\"; filename*=UTF-8''a.png");
  CHECK(content_disposition("\u00E4 \"b\".txt") ==
        "Content-Disposition: attachment; filename=\"_ _b_.txt\"; filename*=UTF-8''%C3%A4%20%22b%22.txt");
}

TEST_CASE("ranges of RFC 9110: one part, or the whole") {
  using Kind = RangeAsked::Kind;
  const auto part = [](std::string_view line, std::int64_t begin, std::int64_t length) {
    const auto asked = parse_range(line, 100);
    INFO(line);
    CHECK(asked.kind == Kind::part);
    CHECK(asked.range == ByteRange{begin, length});
  };
  part("bytes=0-0", 0, 1);
  part("bytes=10-19", 10, 10);
  part("bytes=90-", 90, 10);
  part("bytes=90-1000", 90, 10);
  part("bytes=90-99999999999999999999", 90, 10);
  part("bytes=-5", 95, 5);
  part("bytes=-1000", 0, 100);
  for (const char* whole :
       {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6"}) {
    INFO(whole);
    CHECK(parse_range(whole, 100).kind == Kind::whole);
  }
  for (const char* none : {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"}) {
    INFO(none);
    CHECK(parse_range(none, 100).kind == Kind::none_there);
  }
}
