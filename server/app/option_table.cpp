#include "server/app/option_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>

#include <arpa/inet.h>

#include "common/base/utf8.hpp"
#include "protocol/codec.hpp"
#include "protocol/types.hpp"
#include "server/ops/backup_key.hpp"
#include "server/ops/host_name.hpp"

namespace wardroom::app {
namespace {

template <class T>
std::int64_t to_integer(T value) {
  if constexpr (std::is_arithmetic_v<T>)
    return static_cast<std::int64_t>(value);
  else
    return static_cast<std::int64_t>(value.count());
}

// The row of one number or duration; Section and Field are pointers to members.
template <auto Section, auto Field>
constexpr OptionRow integer(std::string_view section, std::string_view name, std::int64_t least,
                            std::int64_t most, std::string_view meaning,
                            TakesEffect when = TakesEffect::at_start) {
  return {section, name,
          IntegerOption{least, most, [](const Options& o) { return to_integer(o.*Section.*Field); },
                        [](Options& o, std::int64_t value) {
                          using T = std::remove_cvref_t<decltype(o.*Section.*Field)>;
                          o.*Section.*Field = static_cast<T>(value);
                        }},
          meaning, when};
}

Error must_be(std::string_view allowed) {
  return params_error({}, std::string{allowed});
}

constexpr std::string_view kNameRule = "1 to 100 bytes of text without control characters";
constexpr std::string_view kHostRule = "a list of at least one host name or IP address, without port";
constexpr std::string_view kListenRule = "a list of IP addresses of this machine, each once, or \"::\" alone";
constexpr std::string_view kRangeRule =
    "a list of networks such as \"10.1.0.0/16\", without bits behind the network's own";
constexpr std::string_view kRolesRule =
    "a list of roles: \"guest\", \"member\", \"moderator\", \"auditor\", \"admin\"";
constexpr std::string_view kPolicyRule = "\"open\" or \"request\"";
constexpr std::string_view kCollectorRule =
    "a host and a port such as \"collector.example:6514\", or nothing";
constexpr std::string_view kFileRule = "the whole path of a file, or nothing";
constexpr std::string_view kFolderRule = "the whole path of a folder";
constexpr std::string_view kRecipientRule =
    "the whole line that wardroomd backup-key prints, or nothing: they aren't encrypted";
constexpr std::string_view kLevelRule = "\"debug\", \"info\", \"warn\" or \"error\"";

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

Result<void> set_syslog(Options& o, const std::string& collector) {
  if (!collector.empty() && !is_host_and_port(collector)) return must_be(kCollectorRule);
  o.audit.syslog = collector;
  return ok();
}

// An absolute path: the server's working directory is nobody's business.
bool is_file_name(const std::string& path) {
  return path.empty() || (path.starts_with('/') && path.size() <= 4096 && is_valid_utf8(path) &&
                          path.find('\0') == std::string::npos);
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

constexpr std::array<std::pair<LogLevel, const char*>, 4> kLevels{{{LogLevel::debug, "debug"},
                                                                   {LogLevel::info, "info"},
                                                                   {LogLevel::warn, "warn"},
                                                                   {LogLevel::error, "error"}}};

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

using S = ServerOptions;
using L = LimitOptions;
using H = HashingOptions;
using I = SignInOptions;
using N = SessionOptions;
using D = StoreOptions;
using A = AuditOptions;
using B = BackupOptions;
constexpr auto kServer = &Options::server;
constexpr auto kLimits = &Options::limits;
constexpr auto kHashing = &Options::hashing;
constexpr auto kSignIn = &Options::sign_in;
constexpr auto kSessions = &Options::sessions;
constexpr auto kStore = &Options::store;
constexpr auto kAudit = &Options::audit;
constexpr auto kBackup = &Options::backup;
constexpr auto kReload = TakesEffect::at_reload;
constexpr auto kUsed = TakesEffect::when_used;

// clang-format off
const OptionRow kTable[] = {
    {"server", "name", TextOption{[](const Options& o) -> const std::string& { return o.server.name; }, set_name, kNameRule},
     "The office's name, as people see it.", kReload},
    {"server", "hosts", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.server.hosts; }, set_hosts, kHostRule},
     "What PCs reach the server by: the first stands in invite links, all in the certificate; a request for another name is refused.", kReload},
    integer<kServer, &S::port>("server", "port", 0, 65535,
     "The one TLS port; 0 takes any free one."),
    {"server", "listen", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.server.listen; }, set_listen, kListenRule},
     "Addresses to listen on; \"::\" is every address, IPv6 and IPv4."},
    {"server", "proxy_ranges", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.server.proxy_ranges; }, set_proxy_ranges, kRangeRule},
     "Networks of proxies that pass TLS through: each connection from there must begin with a PROXY protocol header (version 2 or 1), which names the client; one without is closed."},
    integer<kServer, &S::network_threads>("server", "network_threads", 0, 64,
     "Threads for connections; 0 chooses by the number of cores."),

    integer<kLimits, &L::max_connections>("limits", "max_connections", 10, 1'000'000,
     "Open connections in all; over it newcomers are refused and those inside stay."),
    integer<kLimits, &L::unauthenticated_per_address>("limits", "unauthenticated_per_address", 1, 100'000,
     "Connections of one address that haven't signed in."),
    {"limits", "trusted_ranges", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.limits.trusted_ranges; }, set_trusted_ranges, kRangeRule},
     "Networks without the limit by address: terminal servers and NAT share one address."},
    integer<kLimits, &L::handshake_seconds>("limits", "handshake_seconds", 1, 600,
     "Time for the TLS handshake."),
    integer<kLimits, &L::sign_in_seconds>("limits", "sign_in_seconds", 1, 600,
     "Time from the handshake to the sign-in."),
    integer<kLimits, &L::header_kib>("limits", "header_kib", 1, 64,
     "Size of an HTTP request's head, in KiB."),
    integer<kLimits, &L::request_seconds>("limits", "request_seconds", 1, 600,
     "Time for an HTTP request to arrive, from its first byte to its last."),
    integer<kLimits, &L::keep_alive_seconds>("limits", "keep_alive_seconds", 1, 600,
     "How long an HTTP connection may stay without a request."),
    integer<kLimits, &L::requests_per_second>("limits", "requests_per_second", 1, 1'000'000,
     "Requests of one connection, sustained; a change counts for new connections.", kReload),
    integer<kLimits, &L::requests_burst>("limits", "requests_burst", 1, 1'000'000,
     "Requests of one connection at once; a change counts for new connections.", kReload),
    integer<kLimits, &L::messages_per_second>("limits", "messages_per_second", 1, 1'000'000,
     "Messages of one person, sustained, over all devices.", kReload),
    integer<kLimits, &L::messages_burst>("limits", "messages_burst", 1, 1'000'000,
     "Messages of one person at once.", kReload),
    integer<kLimits, &L::ping_seconds>("limits", "ping_seconds", 1, 3600,
     "Silence after which the server asks whether the client is there."),
    integer<kLimits, &L::idle_seconds>("limits", "idle_seconds", 2, 7200,
     "Silence after which the connection is closed."),
    integer<kLimits, &L::close_seconds>("limits", "close_seconds", 1, 60,
     "Time for a client to answer that the connection is being closed."),
    integer<kLimits, &L::ephemeral_backlog_kib>("limits", "ephemeral_backlog_kib", 1, 1024,
     "KiB queued for a slow reader over which it gets no typing and presence."),
    integer<kLimits, &L::backlog_kib>("limits", "backlog_kib", 64, 65536,
     "KiB queued for a slow reader over which its connection is closed; it catches up when it comes back."),
    integer<kLimits, &L::stall_seconds>("limits", "stall_seconds", 1, 600,
     "Time without progress after which a slow reader's connection is closed."),
    integer<kLimits, &L::reconnect_min_ms>("limits", "reconnect_min_ms", 0, 600'000,
     "Shortest wait of a client before it connects again, in milliseconds.", kReload),
    integer<kLimits, &L::reconnect_max_ms>("limits", "reconnect_max_ms", 1, 3'600'000,
     "Longest first wait of a client before it connects again, in milliseconds.", kReload),

    integer<kHashing, &H::threads>("hashing", "threads", 1, 2,
     "Threads that check passwords; each holds one hash's memory."),
    integer<kHashing, &H::queue>("hashing", "queue", 1, 10'000,
     "Sign-ins that may wait; over it people are told when to try again."),
    integer<kHashing, &H::queue_per_address>("hashing", "queue_per_address", 1, 10'000,
     "Sign-ins of one address that may wait."),
    integer<kHashing, &H::member_memory_mib>("hashing", "member_memory_mib", 19, 1024,
     "Argon2id memory of everybody's hash, in MiB.", kReload),
    integer<kHashing, &H::member_passes>("hashing", "member_passes", 2, 100,
     "Argon2id passes of everybody's hash.", kReload),
    integer<kHashing, &H::admin_memory_mib>("hashing", "admin_memory_mib", 19, 1024,
     "Argon2id memory of administrators' hashes, in MiB.", kReload),
    integer<kHashing, &H::admin_passes>("hashing", "admin_passes", 2, 100,
     "Argon2id passes of administrators' hashes.", kReload),

    {"sign_in", "second_factor_roles", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.sign_in.second_factor_roles; }, set_second_factor_roles, kRolesRule},
     "Who must have a second factor: until it is on, nothing but their own account is open to them."},
    integer<kSignIn, &I::refusal_ms>("sign_in", "refusal_ms", 0, 10'000,
     "A refused sign-in is answered a whole multiple of this after it came in, in milliseconds, so that its duration tells nothing; longer than an administrator's hash takes."),

    integer<kSessions, &N::days>("sessions", "days", 1, 3650,
     "How long a device stays signed in without being used; a change counts for new sign-ins.", kReload),

    {"rooms", "direct_policy", TextOption{[](const Options& o) -> const std::string& { return o.rooms.direct_policy; }, set_direct_policy, kPolicyRule},
     "Whether people may write to each other at once, or each is asked first.", kReload},

    integer<kStore, &D::reader_threads>("store", "reader_threads", 1, 16,
     "Threads that read history, lists and the audit log."),
    integer<kStore, &D::reader_queue>("store", "reader_queue", 10, 1'000'000,
     "Reads that may wait; over it people are told to try again."),
    integer<kStore, &D::writer_group>("store", "writer_group", 1, 10'000,
     "Changes that share one commit at most."),
    integer<kStore, &D::writer_queue>("store", "writer_queue", 10, 1'000'000,
     "Changes that may wait; over it people are told to try again."),
    integer<kStore, &D::disk_low_percent>("store", "disk_low_percent", 1, 50,
     "An alarm when less than this part of the data directory's disk is free, in percent, or less than 1 GiB."),

    {"audit", "syslog", TextOption{[](const Options& o) -> const std::string& { return o.audit.syslog; }, set_syslog, kCollectorRule},
     "A syslog collector that gets every audit record and each minute's signed head, over TLS (RFC 5424, RFC 5425)."},
    {"audit", "syslog_ca", TextOption{[](const Options& o) -> const std::string& { return o.audit.syslog_ca; }, set_syslog_ca, kFileRule},
     "The certificates (PEM) that may have signed the collector's."},
    {"audit", "heads_file", TextOption{[](const Options& o) -> const std::string& { return o.audit.heads_file; }, set_heads_file, kFileRule},
     "A file, best on another machine's disk, to which each minute's signed head of the log is added."},
    integer<kAudit, &A::check_hours>("audit", "check_hours", 1, 168,
     "Hours from one check of the log and the tables by the running server to the next."),
    integer<kAudit, &A::check_share>("audit", "check_share", 1, 100,
     "How much of one processor that check takes at most, in percent, at the lowest priority."),

    {"backup", "folder", TextOption{[](const Options& o) -> const std::string& { return o.backup.folder; }, set_backup_folder, kFolderRule},
     "Where backups go that aren't told another place: the nightly ones.", kUsed},
    integer<kBackup, &B::keep>("backup", "keep", 1, 10'000,
     "So many of the newest ones there stay, however old they are.", kUsed),
    integer<kBackup, &B::days>("backup", "days", 0, 36'500,
     "Older ones than this, in days, are removed after each backup that was checked.", kUsed),
    {"backup", "recipient", TextOption{[](const Options& o) -> const std::string& { return o.backup.recipient; }, set_recipient, kRecipientRule},
     "For whom every backup is encrypted: the server itself can't read them again.", kUsed},

    {"log", "level", TextOption{level_name, set_level, kLevelRule},
     "The least important lines that are logged.", kReload},
};
// clang-format on

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::span<const OptionRow> option_table() {
  return kTable;
}

std::string_view section_meaning(std::string_view section) {
  if (section == "server") return "Who and where the server is.";
  if (section == "limits")
    return "What one person, one address or one connection may take. Load tests raise them.";
  if (section == "hashing")
    return "How passwords are hashed. A change takes effect at each person's next sign-in.";
  if (section == "sign_in") return "How people sign in.";
  if (section == "sessions") return "People's sessions.";
  if (section == "rooms") return "Rooms and conversations.";
  if (section == "store") return "The database.";
  if (section == "audit")
    return "Copies of the audit log elsewhere, so that nobody can rewrite it unseen, and the server's check "
           "of itself.";
  if (section == "backup") return "Backups without another place, such as those of wardroom-backup.timer.";
  return "What is logged, on standard error.";
}

std::string key_of(const OptionRow& row) {
  return std::string{row.section} + "." + std::string{row.name};
}

std::string allowed_values(const OptionRow& row) {
  if (const auto* number = std::get_if<IntegerOption>(&row.kind))
    return "a whole number from " + std::to_string(number->least) + " to " + std::to_string(number->most);
  if (const auto* text = std::get_if<TextOption>(&row.kind)) return std::string{text->allowed};
  return std::string{std::get<ListOption>(row.kind).allowed};
}

bool is_set_from_afar(const OptionRow& row) {
  return row.section != "audit" && row.section != "backup";
}

std::string value_as_toml(const OptionRow& row, const Options& options) {
  if (const auto* number = std::get_if<IntegerOption>(&row.kind)) return std::to_string(number->get(options));
  if (const auto* text = std::get_if<TextOption>(&row.kind)) return quoted(text->get(options));
  std::string list;
  for (const auto& item : std::get<ListOption>(row.kind).get(options))
    list += (list.empty() ? "" : ", ") + quoted(item);
  return "[" + list + "]";
}

std::string_view describe(TakesEffect when) {
  switch (when) {
    case TakesEffect::at_start:
      return "at a start";
    case TakesEffect::at_reload:
      return "at a reload";
    case TakesEffect::when_used:
      break;
  }
  return "at the next backup";
}

Result<void> check_together(const Options& o) {
  if (o.limits.ping_seconds >= o.limits.idle_seconds)
    return params_error("limits.ping_seconds",
                        "must be less than limits.idle_seconds, or every quiet connection is closed unasked");
  if (o.limits.requests_burst < o.limits.requests_per_second)
    return params_error("limits.requests_burst", "must be at least limits.requests_per_second");
  if (o.limits.messages_burst < o.limits.messages_per_second)
    return params_error("limits.messages_burst", "must be at least limits.messages_per_second");
  if (o.limits.reconnect_min_ms > o.limits.reconnect_max_ms)
    return params_error("limits.reconnect_min_ms", "must not be more than limits.reconnect_max_ms");
  if (o.limits.ephemeral_backlog_kib > o.limits.backlog_kib)
    return params_error("limits.ephemeral_backlog_kib", "must not be more than limits.backlog_kib");
  if (!o.audit.syslog.empty() && o.audit.syslog_ca.empty())
    return params_error("audit.syslog_ca", "must be set when audit.syslog is: nobody is trusted blindly");
  return ok();
}

}  // namespace wardroom::app
