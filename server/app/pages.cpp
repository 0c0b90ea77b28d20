#include "server/app/pages.hpp"

#include <fstream>
#include <unistd.h>

#include <fmt/format.h>

#include "protocol/json_rpc.hpp"

namespace wardroom::app {
namespace {

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

class Metrics {
 public:
  void gauge(std::string_view name, std::string_view help, double value) { add(name, help, "gauge", value); }
  void counter(std::string_view name, std::string_view help, double value) {
    add(name, help, "counter", value);
  }
  std::string take() { return std::move(text_); }

 private:
  void add(std::string_view name, std::string_view help, std::string_view type, double value) {
    text_ += fmt::format("# HELP wardroom_{0} {1}\n# TYPE wardroom_{0} {2}\nwardroom_{0} {3}\n", name, help,
                         type, value);
  }
  std::string text_;
};

std::string compose_metrics(const Gauges& gauges) {
  const auto net = gauges.net.stats();
  const auto writer = gauges.writer.stats();
  Metrics m;
  const auto number = [](auto value) { return static_cast<double>(value); };
  m.gauge("people_online", "People with a connection.", number(gauges.presence.online()));
  m.gauge("connections", "Open connections.", number(net.connections));
  m.gauge("web_sockets", "Open WebSockets.", number(net.web_sockets));
  m.counter("accepted_total", "Connections accepted.", number(net.accepted));
  m.counter("refused_total", "Connections refused over a limit.", number(net.refused));
  m.counter("handshakes_failed_total", "TLS handshakes that failed.", number(net.handshakes_failed));
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
  m.counter("changes_total", "Changes in commit groups.", number(writer.jobs));
  m.counter("commit_seconds_total", "Time in commit groups.", number(writer.commit_us) / 1e6);
  m.gauge("writer_queue", "Changes waiting for the writer.", number(writer.queued));
  m.gauge("writer_healthy", "1: writes succeed; 0: disk full or failed.",
          writer.health == store::Writer::Health::ok);
  m.gauge("hashing_queue", "Sign-ins waiting for a hashing thread.", number(gauges.hashing.waiting()));
  m.gauge("clock_doubt_seconds",
          "How far the machine's clock is from what is believed; nothing expires by it.",
          number(gauges.clock.doubt().count()) / 1e3);
  m.gauge("resident_bytes", "Resident memory.", number(resident_bytes()));
  return m.take();
}

realtime::HttpAnswer problem(int status, const Error& error) {
  return {status, "application/problem+json", protocol::compose_problem(error, ""), 0};
}

}  // namespace

realtime::HttpAnswer answer_page(std::string_view target, const realtime::Source& source,
                                 const Gauges& gauges) {
  const auto path = target.substr(0, target.find('?'));
  if (path == "/healthz") return {200, "application/json", R"({"status":"ok"})", 0};
  if (path == "/readyz") {
    switch (gauges.writer.stats().health) {
      case store::Writer::Health::ok:
        return {200, "application/json", R"({"status":"ready"})", 0};
      case store::Writer::Health::disk_full:
        return {503, "application/json", R"({"status":"disk_full"})", 5};
      case store::Writer::Health::failed:
        return {503, "application/json", R"({"status":"disk_failed"})", 60};
    }
  }
  if (path == "/metrics") {
    if (!source.loopback)
      return problem(403, forbidden("local_only", "Metrics are given to this machine only."));
    return {200, "text/plain; version=0.0.4", compose_metrics(gauges), 0};
  }
  return problem(404, not_found("There is nothing here."));
}

}  // namespace wardroom::app
