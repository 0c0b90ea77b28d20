#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/log.hpp"
#include "common/base/result.hpp"

namespace wardroom::app {

// What an office may set, as plain values; the initialisers are the defaults. The file's names, ranges and
// meanings stand in the one table of option_table.cpp, and docs/options.md is generated from it.

struct ServerOptions {
  std::string name = "Office";
  std::vector<std::string> hosts{"localhost"};  // checked: names and addresses
  std::uint16_t port = 7443;                    // 0: any free one
  std::vector<std::string> listen{"::"};        // checked: addresses
  std::vector<std::string> proxy_ranges;        // checked: CIDR
  unsigned network_threads = 0;                 // 0: as many as suit the machine
};

struct LimitOptions {
  std::size_t max_connections = 20'000;
  std::size_t unauthenticated_per_address = 32;
  std::vector<std::string> trusted_ranges;  // checked: CIDR
  std::chrono::seconds handshake_seconds{10};
  std::chrono::seconds sign_in_seconds{10};

  std::size_t header_kib = 8;
  std::chrono::seconds request_seconds{10};
  std::chrono::seconds keep_alive_seconds{30};

  unsigned requests_per_second = 20;
  unsigned requests_burst = 60;
  unsigned messages_per_second = 5;
  unsigned messages_burst = 15;

  std::chrono::seconds ping_seconds{45};
  std::chrono::seconds idle_seconds{100};
  std::chrono::seconds close_seconds{3};
  std::size_t ephemeral_backlog_kib = 16;
  std::size_t backlog_kib = 1024;
  std::chrono::seconds stall_seconds{10};
  std::chrono::milliseconds reconnect_min_ms{500};
  std::chrono::milliseconds reconnect_max_ms{4'000};
};

struct HashingOptions {
  unsigned threads = 1;
  std::size_t queue = 200;
  std::size_t queue_per_address = 4;
  std::size_t member_memory_mib = 19;
  unsigned member_passes = 2;
  std::size_t admin_memory_mib = 64;
  unsigned admin_passes = 3;
};

struct SignInOptions {
  std::vector<std::string> second_factor_roles;  // checked: names of roles
  std::chrono::milliseconds refusal_ms{500};
};

struct SessionOptions {
  std::chrono::days days{90};
};

struct RoomOptions {
  std::string direct_policy = "open";  // checked: open or request
  bool seen_by = false;
};

struct FileOptions {
  std::int64_t size_mib = 100;
  std::int64_t person_mib = 10'240;
  std::int64_t office_mib = 102'400;
  std::int64_t free_mib = 2048;
  std::int64_t open_uploads = 20;
  std::vector<std::string> refused_types;  // checked: "type/subtype" or "type/*"
  std::string scanner;                     // clamd's socket; empty: nobody is asked
  std::string unscanned = "wait";          // checked: wait or taken
  std::string guests = "allowed";          // checked: allowed or refused
  std::string downloads = "unrecorded";    // checked: unrecorded or recorded
  std::chrono::hours unposted_hours{24};
  unsigned threads = 4;
};

struct StoreOptions {
  unsigned reader_threads = 2;
  std::size_t reader_queue = 1000;
  std::size_t writer_group = 256;
  std::size_t writer_queue = 10'000;
  unsigned disk_low_percent = 5;
};

struct AuditOptions {
  std::string syslog;      // checked: host:port; empty: nowhere
  std::string syslog_ca;   // with syslog: PEM file
  std::string heads_file;  // empty: none
  std::chrono::hours check_hours{24};
  unsigned check_share = 5;  // percent
};

struct BackupOptions {
  std::string folder = "/var/backups/wardroom";
  std::size_t keep = 14;
  std::chrono::days days{30};
  std::string recipient;  // checked: ops::parse_recipient takes it; empty: not encrypted
};

struct WebOptions {
  bool enabled = true;
  std::string folder = "/usr/share/wardroom/web";
};

struct DiscoveryOptions {
  bool announce = false;
  std::uint16_t udp_port = 7443;
};

struct LogOptions {
  LogLevel level = LogLevel::info;
};

struct Options {
  ServerOptions server;
  WebOptions web;
  DiscoveryOptions discovery;
  LimitOptions limits;
  HashingOptions hashing;
  SignInOptions sign_in;
  SessionOptions sessions;
  RoomOptions rooms;
  FileOptions files;
  StoreOptions store;
  AuditOptions audit;
  BackupOptions backup;
  LogOptions log;
};

// Reads wardroom.toml. What it doesn't set keeps its default. The error names file, line and key and says
// what is allowed; an option that doesn't exist is an error too, with the nearest name that does.
Result<Options> load_options(const std::filesystem::path& file);
// The same from text; `file` is what errors call it. The first mistake is the error.
Result<Options> parse_options(std::string_view toml, std::string_view file);

// Every mistake in the file, in the order of its lines. A line that isn't TOML hides those after it.
std::vector<Error> find_mistakes(const std::filesystem::path& file);

// Whether values that didn't come from a file are allowed: what init was told. The error names the key.
Result<void> check_options(const Options& options);

// The text of a new wardroom.toml: every option with its meaning, range and default, commented out where
// `initial` says nothing else, so that a later version's better default takes effect.
std::string compose_options_file(const Options& initial);

// docs/options.md.
std::string compose_options_document();

}  // namespace wardroom::app
