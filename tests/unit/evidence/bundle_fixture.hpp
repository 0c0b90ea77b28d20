#pragma once

#include <fstream>
#include <sstream>

#include "common/evidence/bundle_check.hpp"
#include "common/evidence/bundle_export.hpp"
#include "protocol/json_rpc.hpp"
#include "tests/unit/messages/conversation.hpp"

namespace wardroom::testing {

// A conversation and somebody who takes evidence out of it.
struct Inquiry : Conversation {
  Somebody auditor = arrive("vera", protocol::Role::auditor);
  TempDir place;

  // Asks as wardroomctl would; where the server wants patience, time passes.
  Result<json::value> ask(Somebody& who, const std::string& method, const std::string& params) {
    for (;;) {
      const auto response = protocol::parse_incoming(
          json::serialize(office.call(*who.peer, method, json::parse(params).as_object())));
      if (!response) return response.error();
      if (!response->error) return response->body;
      if (response->error->code != ErrorCode::rate_limited) return *response->error;
      office.clock.advance(std::chrono::seconds{1});
    }
  }

  Result<evidence::BundleReport> try_export(Somebody& who, const std::filesystem::path& target,
                                            const protocol::AuditExport::Params& scope) {
    office.tick();
    return evidence::export_bundle(
        [&](const std::string& method, const std::string& params) { return ask(who, method, params); }, scope,
        target);
  }
  evidence::BundleReport take(const std::filesystem::path& target, protocol::AuditExport::Params scope = {}) {
    if (scope.reason.empty()) scope.reason = "case 7";
    const auto report = try_export(auditor, target, scope);
    if (!report) FAIL(report.error().message);
    return *report;
  }
  evidence::BundleReport check(const std::filesystem::path& bundle,
                               const evidence::CheckOptions& options = {}) {
    const auto report = evidence::check_bundle(bundle, options);
    if (!report) FAIL(report.error().message);
    return *report;
  }
};

inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

inline std::vector<std::string> read_lines(const std::filesystem::path& file) {
  std::istringstream in(read_text(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  write_text(file, text);
}

}  // namespace wardroom::testing
