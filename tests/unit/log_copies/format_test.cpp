#include <catch2/catch.hpp>

#include "common/base/utf8.hpp"
#include "common/evidence/record_fields.hpp"
#include "common/evidence/record_format.hpp"
#include "common/evidence/record_html.hpp"

using namespace wardroom::evidence;

namespace {

constexpr const char* kLine =
    R"({"v":1,"idx":7,"id":"0199","ts":"2026-11-20T07:33:20.123Z","type":"moderation.kicked","severity":"warning",)"
    R"("outcome":"success","reason":"=a \"b\" ]c\\ d=e|f\ng","actor":{"type":"user","id":3,"name":"lena","role":"member"},)"
    R"("session":{"id":9,"device":"PC"},"source":{"ip":"192.0.2.7","client":"wardroom 0.4.0","tls":"1.3"},)"
    R"("target":{"type":"user","id":4,"name":"tom"},"room":12,"after":{"until":null},"request":"r-1"})";

}  // namespace

TEST_CASE("syslog escapes the values of its element and leaves the line as it is") {
  const auto text = to_syslog(kLine, "chat.example");
  REQUIRE(text);
  CHECK(
      *text ==
      "<108>1 2026-11-20T07:33:20.123Z chat.example wardroomd - moderation.kicked [wardroom@32473 idx=\"7\" "
      "id=\"0199\" type=\"moderation.kicked\" outcome=\"success\" actor=\"lena\" role=\"member\" "
      "ip=\"192.0.2.7\" target=\"tom\" room=\"12\" reason=\"=a \\\"b\\\" \\]c\\\\ d=e|f\\\\ng\"] "
      "\xEF\xBB\xBF" +
          std::string(kLine));
}

TEST_CASE("a host name can't break the header of syslog") {
  const auto text = to_syslog(kLine, "a b\nc");
  REQUIRE(text);
  CHECK(text->find(" a_b_c wardroomd ") != std::string::npos);
  CHECK(to_syslog(kLine, "")->find(" - wardroomd ") != std::string::npos);
}

TEST_CASE("CEF escapes what would end a value") {
  const auto text = to_cef(kLine, "0.4|0");
  REQUIRE(text);
  CHECK(text->starts_with(
      "CEF:0|Wardroom|wardroomd|0.4\\|0|moderation.kicked|moderation.kicked|6|externalId=7 "
      "rt=Nov 20 2026 07:33:20.123 UTC outcome=success "
      "reason=\\=a \"b\" ]c\\\\ d\\=e|f\\\\ng suid=3 suser=lena spriv=member src=192.0.2.7 "));
  CHECK(text->find(" duid=4 duser=tom cn1Label=room cn1=12 rawEvent={\"v\":1,") != std::string::npos);
  CHECK(text->find('\n') == std::string::npos);
}

TEST_CASE("CSV doubles quotes, disarms formulas, and ends with the exact line") {
  CHECK(csv_header().starts_with("idx,time,type,"));
  CHECK(csv_header().ends_with(",request,line\r\n"));
  const auto row = to_csv(kLine);
  REQUIRE(row);
  CHECK(
      row->starts_with("\"7\",\"2026-11-20T07:33:20.123Z\",\"moderation.kicked\",\"warning\",\"success\","
                       "\"'=a \"\"b\"\" ]c\\ d=e|f\\ng\",\"user\",\"3\",\"lena\","));
  std::string quoted;
  for (const char c : std::string(kLine)) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  CHECK(row->ends_with(",\"r-1\",\"" + quoted + "\"\r\n"));
}

TEST_CASE("no format passes on a sign that moves or hides others") {
  // C0 as JSON has it, DEL, C1, bidirectional marks, line and paragraph separators.
  const std::string name = "a\x7F\u0085\u009b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029z";
  const std::string line = R"({"idx":7,"ts":"2026-11-20T07:33:20.123Z","type":"t","severity":"info",)"
                           R"("outcome":"success","reason":"\u001b[2J\u0000","actor":{"name":")" +
                           name + R"("},"after":{"text":")" + name + R"("}})";
  const std::string written =
      "a\\u007f\\u0085\\u009b\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069\\u2028\\u2029z";
  const std::string html = wardroom::evidence::record_row({.idx = 7, .line = line});
  const auto fields = RecordFields::parse(line);
  REQUIRE(fields);
  for (const std::string& text :
       {to_csv(line).value(), to_syslog(line, "h").value(), to_cef(line, "1").value(), html,
        fields->at("actor", "name"), fields->at("after")}) {
    INFO(text);
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = wardroom::next_code_point(text, at);
      const bool is_end = c == U'\r' || c == U'\n';  // of the row
      CHECK((is_end || !wardroom::is_control(c)));
      CHECK(std::u32string_view(U"\u061c\u200e\u200f\u2028\u2029").find(c) == std::u32string_view::npos);
    }
    CHECK(text.find("u202e") != std::string::npos);
  }
  CHECK(to_csv(line)->find(written) != std::string::npos);
  CHECK(html.find(written) != std::string::npos);
}

TEST_CASE("what isn't a record is refused by every format") {
  for (const char* line : {"", "{}", "[1]", "{\"idx\":1}", "not json"}) {
    CHECK_FALSE(to_syslog(line, "h"));
    CHECK_FALSE(to_csv(line));
    CHECK_FALSE(to_cef(line, "1"));
  }
}
