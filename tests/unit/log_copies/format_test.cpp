#include <catch2/catch.hpp>

#include "common/evidence/record_format.hpp"

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
      "ip=\"192.0.2.7\" target=\"tom\" room=\"12\" reason=\"=a \\\"b\\\" \\]c\\\\ d=e|f\ng\"] \xEF\xBB\xBF" +
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
      "reason=\\=a \"b\" ]c\\\\ d\\=e|f\\ng suid=3 suser=lena spriv=member src=192.0.2.7 "));
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
                       "\"'=a \"\"b\"\" ]c\\ d=e|f\ng\",\"user\",\"3\",\"lena\","));
  std::string quoted;
  for (const char c : std::string(kLine)) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  CHECK(row->ends_with(",\"r-1\",\"" + quoted + "\"\r\n"));
}

TEST_CASE("what isn't a record is refused by every format") {
  for (const char* line : {"", "{}", "[1]", "{\"idx\":1}", "not json"}) {
    CHECK_FALSE(to_syslog(line, "h"));
    CHECK_FALSE(to_csv(line));
    CHECK_FALSE(to_cef(line, "1"));
  }
}
