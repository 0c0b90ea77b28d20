#include "ctl/commands/report_lines.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace wardroom::ctl {
namespace {

constexpr std::string_view kForged =
    "hi{}    Its texts up to then:{}      edited 2026-01-02 03:04:05 by boss: sorry{}  Hash of the evidence: "
    "00{}  Resolved as dismissed by boss: nothing";

std::string forged_with(std::string_view end) {
  std::string text(kForged);
  for (auto at = text.find("{}"); at != std::string::npos; at = text.find("{}")) text.replace(at, 2, end);
  return text;
}

protocol::Report report_of(const std::string& text) {
  protocol::Report report;
  report.id = ReportId{3};
  report.reporter.name = "kim";
  report.reason = text;
  report.evidence_hash = "ab";
  report.evidence.room_name = "ops";
  report.evidence.message.text = text;
  report.evidence.before.resize(1);
  report.evidence.before[0].text = text;
  report.evidence.versions.resize(1);
  report.evidence.versions[0].text = text;
  report.open = false;
  report.resolution_reason = text;
  return report;
}

// Columns before the first sign of each line.
std::vector<std::size_t> depths(const std::string& text) {
  std::vector<std::size_t> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) all.push_back(line.find_first_not_of(' '));
  return all;
}

}  // namespace

TEST_CASE("nothing that somebody wrote looks like a line of a report") {
  std::ostringstream plain;
  print_report(plain, report_of("hi"));
  const std::vector<std::size_t> ours = depths(plain.str());
  const std::size_t deepest = *std::max_element(ours.begin(), ours.end());
  for (const char* end : {"\n", "\r\n", "\r", "\x0B", "\x0C", "\u0085", "\u2028", "\u2029"}) {
    std::ostringstream out;
    print_report(out, report_of(forged_with(end)));
    std::size_t shallow = 0;
    for (const auto depth : depths(out.str())) shallow += depth <= deepest ? 1 : 0;
    CHECK(shallow == ours.size());
    CHECK(out.str().find('\r') == std::string::npos);
  }
}

}  // namespace wardroom::ctl
