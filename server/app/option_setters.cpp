#include "server/app/option_setters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "common/base/utf8.hpp"
#include "protocol/codec.hpp"
#include "protocol/types.hpp"
#include "server/ops/backup_key.hpp"
#include "server/ops/host_name.hpp"

namespace wardroom::app {
namespace {

Error must_be(std::string_view allowed) {
  return params_error({}, std::string{allowed});
}

const std::string& switch_word(bool is_on) {
  static const std::string kOn = "on";
  static const std::string kOff = "off";
  return is_on ? kOn : kOff;
}

// "10.1.2.3/16" is a slip: either another length was meant or another address.
bool has_host_bits(const ops::HostName& address, unsigned prefix) {
  unsigned char bytes[16]{};
  const bool is_ipv4 = address.kind == ops::HostName::Kind::ipv4;
  ::inet_pton(is_ipv4 ? AF_INET : AF_INET6, address.text.c_str(), bytes);
  for (unsigned bit = prefix; bit < (is_ipv4 ? 32u : 128u); ++bit)
    if ((bytes[bit / 8] & (0x80u >> (bit % 8))) != 0) return true;
  return false;
}

bool is_network(std::string_view range) {
  const auto slash = range.find('/');
  // A host may stand between blanks; what reads the networks at a start takes none.
  if (slash == std::string_view::npos || range.find(' ') != std::string_view::npos) return false;
  const auto address = ops::parse_host(range.substr(0, slash));
  if (!address || address->kind == ops::HostName::Kind::name) return false;
  const std::string_view bits = range.substr(slash + 1);
  unsigned prefix = 0;
  const auto [end, why] = std::from_chars(bits.data(), bits.data() + bits.size(), prefix);
  return why == std::errc{} && end == bits.data() + bits.size() &&
         prefix <= (address->kind == ops::HostName::Kind::ipv4 ? 32u : 128u) &&
         !has_host_bits(*address, prefix);
}

bool is_file_type(const std::string& text) {
  const auto slash = text.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < text.size() && text.size() <= 127 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-+._/*") == std::string::npos &&
         text.find('/', slash + 1) == std::string::npos &&
         (text.find('*') == std::string::npos || text.ends_with("/*"));
}

bool is_host_and_port(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return false;
  unsigned port = 0;
  const auto [end, why] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  if (why != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65'535) return false;
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return ops::parse_host(host).has_value();
}

// An absolute path: the server's working directory is nobody's business.
bool is_file_name(const std::string& path) {
  return path.empty() || (path.starts_with('/') && path.size() <= 4096 && is_valid_utf8(path) &&
                          path.find('\0') == std::string::npos);
}

constexpr std::array<std::pair<LogLevel, const char*>, 4> kLevels{{{LogLevel::debug, "debug"},
                                                                   {LogLevel::info, "info"},
                                                                   {LogLevel::warn, "warn"},
                                                                   {LogLevel::error, "error"}}};

}  // namespace

Result<void> set_name(Options& o, const std::string& name) {
  if (name.empty() || name.size() > 100 || !is_valid_utf8(name)) return must_be(kNameRule);
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_code_point(name, at);
    if (is_control(c) || c == U'\n' || c == U'\t') return must_be(kNameRule);
  }
  o.server.name = name;
  return ok();
}

Result<void> set_hosts(Options& o, const std::vector<std::string>& hosts) {
  if (hosts.empty()) return must_be(kHostRule);
  o.server.hosts.clear();
  for (const auto& text : hosts) {
    auto host = ops::parse_host(text);
    if (!host) return must_be(kHostRule);
    o.server.hosts.push_back(std::move(host->text));
  }
  return ok();
}

Result<void> set_listen(Options& o, const std::vector<std::string>& addresses) {
  if (addresses.empty()) return must_be(kListenRule);
  o.server.listen.clear();
  auto& listen = o.server.listen;
  for (const auto& text : addresses) {
    auto host = ops::parse_host(text);
    if (!host || host->kind == ops::HostName::Kind::name) return must_be(kListenRule);
    // The second would find the port taken by the first.
    if (std::find(listen.begin(), listen.end(), host->text) != listen.end()) return must_be(kListenRule);
    listen.push_back(std::move(host->text));
  }
  // "::" is all of them.
  const bool is_every = std::find(listen.begin(), listen.end(), "::") != listen.end();
  if (is_every && listen.size() > 1) return must_be(kListenRule);
  return ok();
}

Result<void> set_web(Options& o, const std::string& value) {
  if (value != "on" && value != "off") return must_be(kSwitchRule);
  o.web.enabled = value == "on";
  return ok();
}

const std::string& web_switch(const Options& o) {
  return switch_word(o.web.enabled);
}

Result<void> set_announce(Options& o, const std::string& value) {
  if (value != "on" && value != "off") return must_be(kSwitchRule);
  o.discovery.announce = value == "on";
  return ok();
}

const std::string& announce_switch(const Options& o) {
  return switch_word(o.discovery.announce);
}

Result<void> set_seen_by(Options& o, const std::string& value) {
  if (value != "on" && value != "off") return must_be(kSwitchRule);
  o.rooms.seen_by = value == "on";
  return ok();
}

const std::string& seen_by_switch(const Options& o) {
  return switch_word(o.rooms.seen_by);
}

Result<void> set_web_folder(Options& o, const std::string& folder) {
  if (folder.empty() || !is_file_name(folder)) return must_be(kFolderRule);
  o.web.folder = folder;
  return ok();
}

Result<void> set_trusted_ranges(Options& o, const std::vector<std::string>& ranges) {
  if (!std::all_of(ranges.begin(), ranges.end(), is_network)) return must_be(kRangeRule);
  o.limits.trusted_ranges = ranges;
  return ok();
}

Result<void> set_proxy_ranges(Options& o, const std::vector<std::string>& ranges) {
  if (!std::all_of(ranges.begin(), ranges.end(), is_network)) return must_be(kRangeRule);
  o.server.proxy_ranges = ranges;
  return ok();
}

Result<void> set_second_factor_roles(Options& o, const std::vector<std::string>& roles) {
  for (const auto& role : roles)
    if (!protocol::parse_enum<protocol::Role>(role)) return must_be(kRolesRule);
  o.sign_in.second_factor_roles = roles;
  return ok();
}

Result<void> set_direct_policy(Options& o, const std::string& policy) {
  if (policy != "open" && policy != "request") return must_be(kPolicyRule);
  o.rooms.direct_policy = policy;
  return ok();
}

Result<void> set_refused_types(Options& o, const std::vector<std::string>& types) {
  if (!std::all_of(types.begin(), types.end(), is_file_type)) return must_be(kTypesRule);
  o.files.refused_types = types;
  return ok();
}

Result<void> set_scanner(Options& o, const std::string& socket) {
  constexpr std::size_t kMostOfSocket = 107;  // what the system's addresses hold
  if (!is_file_name(socket) || socket.size() > kMostOfSocket) return must_be(kSocketRule);
  o.files.scanner = socket;
  return ok();
}

Result<void> set_unscanned(Options& o, const std::string& value) {
  if (value != "wait" && value != "taken") return must_be(kUnscannedRule);
  o.files.unscanned = value;
  return ok();
}

Result<void> set_guests(Options& o, const std::string& guests) {
  if (guests != "allowed" && guests != "refused") return must_be(kGuestsRule);
  o.files.guests = guests;
  return ok();
}

Result<void> set_downloads(Options& o, const std::string& downloads) {
  if (downloads != "unrecorded" && downloads != "recorded") return must_be(kDownloadsRule);
  o.files.downloads = downloads;
  return ok();
}

Result<void> set_syslog(Options& o, const std::string& collector) {
  if (!collector.empty() && !is_host_and_port(collector)) return must_be(kCollectorRule);
  o.audit.syslog = collector;
  return ok();
}

Result<void> set_syslog_ca(Options& o, const std::string& file) {
  if (!is_file_name(file)) return must_be(kFileRule);
  o.audit.syslog_ca = file;
  return ok();
}

Result<void> set_heads_file(Options& o, const std::string& file) {
  if (!is_file_name(file)) return must_be(kFileRule);
  o.audit.heads_file = file;
  return ok();
}

Result<void> set_backup_folder(Options& o, const std::string& folder) {
  if (folder.empty() || !is_file_name(folder)) return must_be(kFolderRule);
  o.backup.folder = folder;
  return ok();
}

Result<void> set_recipient(Options& o, const std::string& recipient) {
  if (!recipient.empty() && !ops::parse_recipient(recipient)) return must_be(kRecipientRule);
  o.backup.recipient = recipient;
  return ok();
}

const std::string& level_name(const Options& o) {
  static const std::array<std::string, kLevels.size()> kNames{kLevels[0].second, kLevels[1].second,
                                                              kLevels[2].second, kLevels[3].second};
  return kNames[static_cast<std::size_t>(o.log.level)];
}

Result<void> set_level(Options& o, const std::string& level) {
  for (const auto& [value, name] : kLevels) {
    if (level != name) continue;
    o.log.level = value;
    return ok();
  }
  return must_be(kLevelRule);
}

}  // namespace wardroom::app
