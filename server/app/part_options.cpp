#include "server/app/part_options.hpp"

#include <algorithm>
#include <thread>

#include "protocol/codec.hpp"

namespace wardroom::app {

net::Options to_net_options(const ops::DataDir& dir, const Options& options) {
  net::Options net;
  net.listen.clear();
  for (const auto& address : options.server.listen) net.listen.push_back({address, options.server.port});
  net.certificate_file = dir.server_certificate();
  net.key_file = dir.server_key();
  net.threads = options.server.network_threads;
  net.hosts = options.server.hosts;
  // Half the cores: the writer, the readers and password hashing need the others.
  if (net.threads == 0) net.threads = std::clamp(std::thread::hardware_concurrency() / 2, 1u, 16u);
  const LimitOptions& limits = options.limits;
  net.max_connections = limits.max_connections;
  net.max_unauthenticated_per_address = limits.unauthenticated_per_address;
  net.trusted_ranges = limits.trusted_ranges;
  net.proxy_ranges = options.server.proxy_ranges;
  net.handshake_timeout = limits.handshake_seconds;
  net.sign_in_timeout = limits.sign_in_seconds;
  net.max_header_bytes = limits.header_kib * 1024;
  net.request_timeout = limits.request_seconds;
  net.keep_alive_timeout = limits.keep_alive_seconds;
  net.ping_after = limits.ping_seconds;
  net.idle_timeout = limits.idle_seconds;
  net.close_timeout = limits.close_seconds;
  net.ephemeral_backlog_bytes = limits.ephemeral_backlog_kib * 1024;
  net.max_backlog_bytes = limits.backlog_kib * 1024;
  net.stall_timeout = limits.stall_seconds;
  return net;
}

namespace {

commands::FileLimits to_file_limits(const FileOptions& options) {
  constexpr int kMebi = 20;
  commands::FileLimits limits;
  limits.file_bytes = options.size_mib << kMebi;
  limits.person_bytes = options.person_mib << kMebi;
  limits.office_bytes = options.office_mib << kMebi;
  limits.free_bytes = options.free_mib << kMebi;
  limits.open_uploads = options.open_uploads;
  limits.refused_types = options.refused_types;
  limits.scanner = options.scanner;
  limits.takes_unscanned = options.unscanned == "taken";
  limits.guests_send = options.guests == "allowed";
  limits.records_downloads = options.downloads == "recorded";
  limits.unposted = options.unposted_hours;
  return limits;
}

}  // namespace

void take_up_options(const Options& options, commands::Settings& settings) {
  settings.office_name = options.server.name;
  settings.link_host = options.server.hosts.front();
  settings.session_lifetime = options.sessions.days;
  settings.member_cost = {options.hashing.member_memory_mib * 1024, options.hashing.member_passes};
  settings.admin_cost = {options.hashing.admin_memory_mib * 1024, options.hashing.admin_passes};
  settings.request_rate = {static_cast<double>(options.limits.requests_per_second),
                           static_cast<double>(options.limits.requests_burst)};
  settings.message_rate = {static_cast<double>(options.limits.messages_per_second),
                           static_cast<double>(options.limits.messages_burst)};
  settings.direct_policy = options.rooms.direct_policy == "request" ? commands::DirectPolicy::request
                                                                    : commands::DirectPolicy::open;
  settings.seen_by = options.rooms.seen_by;
  settings.files = to_file_limits(options.files);
  settings.browsers = options.web.enabled;
  settings.reconnect_min = options.limits.reconnect_min_ms;
  settings.reconnect_max = options.limits.reconnect_max_ms;
}

commands::Settings to_settings(const Options& options, const ops::Rotation& authority) {
  commands::Settings settings;
  settings.link_port = options.server.port;
  settings.ca_pin = authority.pin;
  settings.next_ca_pin = authority.next_pin;
  for (const auto& name : options.sign_in.second_factor_roles)
    if (const auto role = protocol::parse_enum<protocol::Role>(name))
      settings.second_factor_roles.push_back(*role);
  take_up_options(options, settings);
  return settings;
}

}  // namespace wardroom::app
