#include "server/app/pages.hpp"

#include <fstream>
#include <limits>
#include <unistd.h>

#include "protocol/json_rpc.hpp"
#include "server/app/metrics_text.hpp"
#include "server/credentials/token.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

double seconds_since(const Gauges& gauges, std::int64_t unix_ms) {
  return static_cast<double>(to_unix_ms(gauges.clock.trusted()) - unix_ms) / 1e3;
}

bool is_certificate_over(const Gauges& gauges) {
  const auto ends = gauges.figures.certificate_ends.load();
  return ends != 0 && seconds_since(gauges, ends) >= 0;
}

// What the housekeeper looked up.
void add_figures(MetricsText& m, const Gauges& gauges) {
  const Figures& figures = gauges.figures;
  if (const auto ends = figures.certificate_ends.load(); ends != 0)
    m.gauge("certificate_remaining_seconds",
            "How long until clients refuse what is served: its first certificate to end.",
            -seconds_since(gauges, ends));
  m.gauge("certificate_not_served", "1: the certificate's file holds another one than is served.",
          figures.certificate_not_served);
  if (const auto ends = figures.authority_ends.load(); ends != 0)
    m.gauge("authority_remaining_seconds",
            "How long until the office's certificate authority ends, or the one before that is still shown.",
            -seconds_since(gauges, ends));
  m.gauge("authority_rotation", "0: none. 1: the next authority was announced. 2: it issues.",
          figures.rotation_phase);
  if (const auto at = figures.backup_verified.load(); at != 0)
    m.gauge("backup_age_seconds", "Age of the newest backup that was checked.", seconds_since(gauges, at));
  m.gauge("backup_failed", "1: the last backup that was tried failed.", figures.backup_failed);
  m.gauge("backup_recheck_failed", "1: a backup that was verified or rehearsed again wasn't sound.",
          figures.recheck_failed);
  m.gauge("disk_free_bytes", "Free space where the data directory lies.",
          static_cast<double>(figures.free_bytes));
  m.gauge("disk_low", "1: less is free there than store.disk_low_percent says.", figures.disk_low);
  m.gauge("audit_log_differs", "1: somebody changed the audit log from outside since the start.",
          gauges.head_trouble == audit::HeadTrouble::differs);
  m.gauge("audit_head_not_signed", "1: for a minute no head of the audit log was signed, or kept.",
          gauges.head_trouble != audit::HeadTrouble::none);
  m.gauge("audit_syslog_late", "1: for an hour no audit record has got through to the collector.",
          gauges.late_copies.syslog);
  m.gauge("audit_heads_file_late", "1: for an hour no head could be written to audit.heads_file.",
          gauges.late_copies.heads_file);
  m.gauge("files_scanner_fails", "1: the virus scanner didn't look at the last file.", gauges.scanner.fails);
  m.counter("files_infected_total", "Files in which the virus scanner found something.",
            static_cast<double>(gauges.scanner.infected));
  m.gauge("database_bytes", "Size of the database.", static_cast<double>(figures.database_bytes));
  m.gauge("wal_bytes", "Size of the database's write-ahead log.", static_cast<double>(figures.wal_bytes));
}

// Where the time goes between a message that comes in and the others' screens.
void add_times(MetricsText& m, const Gauges& gauges) {
  m.histogram("acknowledgement_seconds", "From a change's receipt until its answer is queued for sending.",
              gauges.hub.acknowledged_times());
  m.histogram("writer_wait_seconds", "How long changes waited for their commit group to begin.",
              gauges.writer.queue_times().counts());
  m.histogram("commit_seconds", "How long commit groups took, with the sync of the disk.",
              gauges.writer.commit_times().counts());
  m.histogram("fan_out_seconds",
              "From the end of a commit until a network thread has queued what it made known for everybody.",
              gauges.hub.fan_out_times());
  m.histogram("reader_wait_seconds", "How long history, lists and audit queries waited for a reader.",
              gauges.readers.wait_times().counts());
}

double uptime(const Figures& figures) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - figures.began).count();
}

}  // namespace

std::string compose_metrics(const Gauges& gauges) {
  const auto net = gauges.net.stats();
  const auto writer = gauges.writer.stats();
  MetricsText m;
  const auto number = [](auto value) { return static_cast<double>(value); };
  const std::string schema = std::to_string(store::newest_schema_version());
  m.gauge("build_info", "The version that runs, and the schema version of its database.", 1,
          {{"version", WARDROOM_VERSION}, {"schema", schema}});
  m.gauge("uptime_seconds", "Since the start of the server.", uptime(gauges.figures));
  m.gauge("people_online", "People with a connection.", number(gauges.presence.online()));
  m.gauge("connections", "Open connections.", number(net.connections));
  m.gauge("web_sockets", "Open WebSockets.", number(net.web_sockets));
  m.counter("accepted_total", "Connections accepted.", number(net.accepted));
  m.counter("refused_total", "Connections refused over a limit.", number(net.refused));
  m.counter("handshakes_failed_total", "TLS handshakes that began and failed.",
            number(net.handshakes_failed));
  m.counter("proxy_headers_refused_total", "Connections of proxies without a right PROXY header.",
            number(net.proxy_headers_refused));
  m.counter("sign_ins_failed_total", "Wrong passwords, second factors and accounts.",
            number(gauges.failures.count()));
  m.counter("requests_total", "Requests received.", number(gauges.dispatcher.requests()));
  m.counter("refusals_total", "Requests refused at a gate.", number(gauges.dispatcher.refusals()));
  m.counter("frames_in_total", "WebSocket frames received.", number(net.frames_in));
  m.counter("frames_out_total", "WebSocket frames sent.", number(net.frames_out));
  m.counter("flushes_total", "TLS records sent.", number(net.flushes));
  m.counter("bytes_in_total", "Bytes received.", number(net.bytes_in));
  m.counter("bytes_out_total", "Bytes sent.", number(net.bytes_out));
  m.counter("ephemeral_dropped_total", "Typing and presence events not sent to slow readers.",
            number(net.ephemeral_dropped));
  m.counter("slow_closes_total", "Connections closed because they read too slowly.", number(net.slow_closes));
  m.counter("commits_total", "Commit groups.", number(writer.groups));
  m.counter("commits_failed_total", "Commit groups that failed.", number(writer.failed_groups));
  m.counter("messages_total", "Messages posted, without those that were imported.",
            number(gauges.dispatcher.messages()));
  m.counter("changes_total", "Changes in commit groups.", number(writer.jobs));
  m.gauge("writer_queue", "Changes waiting for the writer.", number(writer.queued));
  m.gauge("writer_healthy", "1: writes succeed; 0: disk full or failed.",
          writer.health == store::Writer::Health::ok);
  m.gauge("hashing_queue", "Sign-ins waiting for a hashing thread.", number(gauges.hashing.waiting()));
  m.gauge("clock_doubt_seconds",
          "How far the machine's clock is from what is believed; nothing expires by it.",
          number(gauges.clock.doubt().count()) / 1e3);
  add_figures(m, gauges);
  add_times(m, gauges);
  m.gauge("resident_bytes", "Resident memory.", number(resident_bytes()));
  return m.take() + compose_check_metrics(gauges.check);
}

namespace {

realtime::HttpAnswer problem(int status, const Error& error) {
  return {status, "application/problem+json", protocol::compose_problem(error, ""), 0};
}

}  // namespace

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::string compose_check_metrics(const CheckStatus& check) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  const auto& last = check.last;
  MetricsText m;
  m.gauge("check_age_seconds",
          "Since the last complete check of the log and the tables; +Inf: none is known.",
          check.age ? static_cast<double>(check.age->count()) : std::numeric_limits<double>::infinity());
  m.gauge("check_findings", "What didn't hold at the last check; NaN: there was none.",
          last ? static_cast<double>(last->wrong) : kUnknown);
  m.gauge("check_unproven", "States of messages that the last check couldn't prove; NaN: there was none.",
          last ? static_cast<double>(last->unproven) : kUnknown);
  m.gauge("check_duration_seconds", "How long the last check took, its pauses included; NaN: there was none.",
          last ? static_cast<double>(last->took.count()) : kUnknown);
  return m.take();
}

realtime::HttpAnswer answer_ready(store::Writer::Health health, bool certificate_is_over) {
  switch (health) {
    case store::Writer::Health::disk_full:
      return {503, "application/json", R"({"status":"disk_full"})", 5};
    case store::Writer::Health::failed:
      return {503, "application/json", R"({"status":"disk_failed"})", 60};
    case store::Writer::Health::ok:
      break;
  }
  if (certificate_is_over) return {503, "application/json", R"({"status":"certificate_expired"})", 60};
  return {200, "application/json", R"({"status":"ready"})", 0};
}

realtime::HttpAnswer answer_page(const realtime::PageRequest& request, const Gauges& gauges,
                                 const WebPages& web) {
  const auto path = request.target.substr(0, request.target.find('?'));
  if (path == "/healthz") return {200, "application/json", R"({"status":"ok"})", 0};
  if (path == "/readyz") return answer_ready(gauges.writer.stats().health, is_certificate_over(gauges));
  if (path == "/metrics") {
    if (!gauges.metrics_token || credentials::parse_token(request.token) != gauges.metrics_token)
      return problem(
          401, make_error(ErrorCode::unauthenticated,
                          "Metrics are for who sends the token in keys/metrics-token, as \"Authorization: "
                          "Bearer TOKEN\". On the server itself `wardroomd metrics` prints them."));
    return {200, "text/plain; version=0.0.4", compose_metrics(gauges), 0};
  }
  if (auto page = web.answer(request)) return *std::move(page);
  return problem(404, not_found("There is nothing here."));
}

}  // namespace wardroom::app
