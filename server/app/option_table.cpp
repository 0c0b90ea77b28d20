#include "server/app/option_table.hpp"

#include <type_traits>

#include "server/app/option_setters.hpp"

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

using S = ServerOptions;
using C = DiscoveryOptions;
using L = LimitOptions;
using H = HashingOptions;
using I = SignInOptions;
using N = SessionOptions;
using F = FileOptions;
using D = StoreOptions;
using A = AuditOptions;
using B = BackupOptions;
constexpr auto kServer = &Options::server;
constexpr auto kDiscovery = &Options::discovery;
constexpr auto kLimits = &Options::limits;
constexpr auto kHashing = &Options::hashing;
constexpr auto kSignIn = &Options::sign_in;
constexpr auto kSessions = &Options::sessions;
constexpr auto kFiles = &Options::files;
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

    {"web", "enabled", TextOption{web_switch, set_web, kSwitchRule},
     "Whether browsers are served: the page, /trust, and sessions in a cookie. Off ends no connection that is open.", kReload},
    {"web", "folder", TextOption{[](const Options& o) -> const std::string& { return o.web.folder; }, set_web_folder, kFolderRule},
     "Where the page's files are, as the package wardroom-web puts them there; a reload reads them anew.", kReload},

    {"discovery", "announce", TextOption{announce_switch, set_announce, kSwitchRule},
     "Whether PCs that ask the local network for servers are told this office's name and address, and the first words of its key. It makes nobody trust the server.", kReload},
    integer<kDiscovery, &C::udp_port>("discovery", "udp_port", 1, 65535,
     "The UDP port on which they ask; the programs ask on 7443.", kReload),

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
    {"rooms", "seen_by", TextOption{seen_by_switch, set_seen_by, kSwitchRule},
     "Whether members of a room of 30 people at most see who has read a message; a change is known to clients when they connect again.", kReload},

    integer<kFiles, &F::size_mib>("files", "size_mib", 1, 1'048'576,
     "The largest file, in MiB.", kReload),
    integer<kFiles, &F::person_mib>("files", "person_mib", 1, 1'073'741'824,
     "All files of one person together, in MiB; what is still coming counts whole.", kReload),
    integer<kFiles, &F::office_mib>("files", "office_mib", 1, 1'073'741'824,
     "All files together, in MiB. The same bytes are stored once and count for each file.", kReload),
    integer<kFiles, &F::free_mib>("files", "free_mib", 64, 1'073'741'824,
     "What files leave free of the disk, in MiB: below it none is taken, and messages go on.", kReload),
    integer<kFiles, &F::open_uploads>("files", "open_uploads", 1, 1000,
     "Uploads that one person may have under way.", kReload),
    {"files", "refused_types", ListOption{[](const Options& o) -> const std::vector<std::string>& { return o.files.refused_types; }, set_refused_types, kTypesRule},
     "Files that aren't taken, by what their bytes are; what they are called doesn't matter.", kReload},
    {"files", "scanner", TextOption{[](const Options& o) -> const std::string& { return o.files.scanner; }, set_scanner, kSocketRule},
     "The virus scanner: clamd's socket, /run/clamav/clamd.ctl on Debian. Nobody gets a file in which it finds something; empty, nobody is asked.", kReload},
    {"files", "unscanned", TextOption{[](const Options& o) -> const std::string& { return o.files.unscanned; }, set_unscanned, kUnscannedRule},
     "What becomes of a file that the scanner doesn't look at, because it doesn't answer or the file is too large for it: it waits, or it is taken, which its record says.", kReload},
    {"files", "guests", TextOption{[](const Options& o) -> const std::string& { return o.files.guests; }, set_guests, kGuestsRule},
     "Whether guests may send files.", kReload},
    {"files", "downloads", TextOption{[](const Options& o) -> const std::string& { return o.files.downloads; }, set_downloads, kDownloadsRule},
     "Whether each download leaves a record (file.downloaded) before its first byte leaves.", kReload},
    integer<kFiles, &F::unposted_hours>("files", "unposted_hours", 1, 720,
     "Hours after which an upload that no message carries goes.", kReload),
    integer<kFiles, &F::threads>("files", "threads", 1, 32,
     "Threads that read and write the bytes of files."),

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
  if (section == "web") return "The page for browsers, on the same port.";
  if (section == "discovery") return "Whether PCs find the server on the local network.";
  if (section == "limits")
    return "What one person, one address or one connection may take. Load tests raise them.";
  if (section == "hashing")
    return "How passwords are hashed. A change takes effect at each person's next sign-in.";
  if (section == "sign_in") return "How people sign in.";
  if (section == "sessions") return "People's sessions.";
  if (section == "rooms") return "Rooms and conversations.";
  if (section == "files") return "Files that people send.";
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
  return row.section != "audit" && row.section != "backup" && key_of(row) != "web.folder";
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

}  // namespace wardroom::app
