#include "ctl/commands/standing_witness.hpp"

#include <charconv>
#include <condition_variable>
#include <ostream>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include "common/tlog/wire.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/witness.hpp"
#include "ctl/witness/http_server.hpp"

namespace wardroom::ctl {
namespace {

using witness::StandingWitness;

// "127.0.0.1:7444", "[::1]:7444"; port 0 lets the system choose.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen(const std::string& text) {
  const auto wrong = usage_error("--listen must be an IP address and a port, such as 127.0.0.1:7444.");
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return wrong;
  ListenAddress address{text.substr(0, colon), 0};
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), address.port);
  if (error != std::errc{} || end != text.data() + text.size()) return wrong;
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

Result<void> trust_logs(StandingWitness& standing, const std::vector<std::string>& keys) {
  for (const auto& text : keys) {
    const auto key = tlog::VerifierKey::parse(text);
    if (!key) return usage_error("--log: " + key.error().message);
    standing.trust(*key);
  }
  return ok();
}

// As a log would ask itself.
std::string compose_request(std::int64_t old_size, const std::vector<Digest>& proof,
                            const std::string& note) {
  std::string body = "old " + std::to_string(old_size) + "\n";
  for (const auto& hash : proof) body += to_base64(hash) + "\n";
  return body + "\n" + note;
}

Result<void> leave_cosignature(link::BlockingClient& client, const protocol::AuditCosign::Params& params) {
  auto left = client.call<protocol::AuditCosign>(params);
  if (!left && left.error().reason == "unknown_witness") {
    if (auto added = client.call<protocol::AuditAddWitness>({params.key}); !added) return added.error();
    left = client.call<protocol::AuditCosign>(params);
  }
  return left ? ok() : Result<void>(left.error());
}

Error shrunk_alarm(std::int64_t known, const std::string& what) {
  return log_alarm("The server's audit log doesn't extend the head of " + std::to_string(known) +
                   " records that this witness cosigned: " + what +
                   " Tell your auditor. What it cosigned is kept in its directory.");
}

// Somebody else brought a newer head a moment ago, or the log was cut.
Result<void> check_that_it_grew(link::BlockingClient& client, std::int64_t known) {
  const auto newest = client.call<protocol::AuditCheckpoint>();
  if (!newest) return newest.error();
  if (newest->size >= known) return ok();
  return shrunk_alarm(known, "it has " + std::to_string(newest->size) + ".");
}

// Once: the office's log is compared with what this account saw, its newest head cosigned when it extends the
// one before, and the cosignature left with the server. The error of an alarm is one (is_alarm).
Result<void> follow_once(const Context& context, StandingWitness& standing) {
  auto session = connect_unwatched(context);
  if (!session) return session.error();
  link::BlockingClient& client = *session->client;
  const auto watch = watch_log(context, client, session->ca_pin, Vouching::no);
  if (!watch) return watch.error();
  if (auto calm = refuse_alarm(*watch); !calm) return calm;
  const auto* offer = watch->checked_offer();
  const auto log = tlog::VerifierKey::parse(watch->memory().witness.key);
  if (!offer || !log) return unavailable("The audit log couldn't be compared: " + watch->trouble());
  standing.trust(*log);
  const auto known = standing.size_of(log->name());
  if (!known) return known.error();
  if (*known > offer->size) return check_that_it_grew(client, *known);
  std::vector<Digest> proof;
  if (*known > 0 && *known < offer->size) {
    const auto answer = client.call<protocol::AuditConsistency>({*known, offer->size});
    if (!answer) return answer.error();
    auto hashes = tlog::from_wire(answer->proof);
    if (!hashes) return hashes.error();
    proof = std::move(*hashes);
  }
  const auto answer =
      standing.add_checkpoint(compose_request(*known, proof, offer->note), SystemClock().now());
  if (answer.status == 500) return unavailable(answer.body);
  // This witness's own memory is older than the account's, perhaps: what contradicts it is an alarm, too.
  if (answer.status != 200) return shrunk_alarm(*known, answer.body);
  return leave_cosignature(client, {standing.key().to_string(), offer->size, answer.body});
}

// Follows the office's log on a thread of its own until it is stopped or there is an alarm.
class Follower {
 public:
  Follower(const Context& context, StandingWitness& standing, std::chrono::seconds every,
           std::function<void()> ended)
      : thread_([this, &context, &standing, every, ended = std::move(ended)](const std::stop_token& stop) {
          run(context, standing, every, stop);
          ended();
        }) {}

  // After it has ended.
  Result<void> outcome() {
    thread_.request_stop();
    thread_.join();
    return outcome_;
  }

 private:
  void run(const Context& context, StandingWitness& standing, std::chrono::seconds every,
           const std::stop_token& stop) {
    std::string told;
    while (!stop.stop_requested()) {
      const auto followed = follow_once(context, standing);
      if (!followed && is_alarm(followed.error())) {
        outcome_ = followed.error();
        return;
      }
      // The same trouble is told once.
      const std::string trouble = followed ? "" : followed.error().message;
      if (trouble != told)
        context.err << (trouble.empty() ? "The log is followed again." : trouble) << std::endl;
      told = trouble;
      std::mutex mutex;
      std::unique_lock held(mutex);
      std::condition_variable_any().wait_for(held, stop, every, [] { return false; });
    }
  }

  Result<void> outcome_ = ok();
  std::jthread thread_;  // last: it uses what stands above
};

}  // namespace

Result<void> run_standing_witness(const Context& context, const StandingWitnessArguments& arguments) {
  if (arguments.listen.empty() && !arguments.follow)
    return usage_error(
        "Say what to witness: --listen for logs that ask, --follow for the office's own, or both.");
  if (!arguments.listen.empty() && arguments.logs.empty() && !arguments.follow)
    return usage_error("Name the logs that may ask with --log: the key of each, NAME+ID+BASE64.");
  auto state = witness::StateDirectory::open(arguments.state, arguments.name);
  if (!state) return state.error();
  StandingWitness standing(std::move(*state));
  if (auto trusted = trust_logs(standing, arguments.logs); !trusted) return trusted;

  const SystemClock clock;
  boost::asio::io_context io(1);
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&io](const boost::system::error_code&, int) { io.stop(); });
  std::unique_ptr<witness::HttpServer> server;
  context.out << "Witness: " << standing.key().to_string() << "\n";
  if (!arguments.listen.empty()) {
    const auto address = parse_listen(arguments.listen);
    if (!address) return address.error();
    auto opened = witness::HttpServer::open(io, standing, clock, address->host, address->port);
    if (!opened) return opened.error();
    server = std::move(*opened);
    context.out << "Listening on port " << server->port() << ", POST /add-checkpoint\n";
  }
  context.out << std::flush;
  std::optional<Follower> follower;
  if (arguments.follow)
    follower.emplace(context, standing, arguments.every,
                     [&io] { boost::asio::post(io, [&io] { io.stop(); }); });
  io.run();
  return follower ? follower->outcome() : ok();
}

}  // namespace wardroom::ctl
