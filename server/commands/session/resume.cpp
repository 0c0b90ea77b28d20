#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/sign_in.hpp"
#include "server/credentials/token.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

// A session that goes on within this time and from the same address leaves no new record: a network that
// flaps would otherwise fill the log.
constexpr std::chrono::minutes kQuietTime{10};

class ResumedJob final : public store::WriteJob {
 public:
  explicit ResumedJob(Call call) : call_(std::move(call)) {}
  Result<void> run(store::WriteTx& tx) override {
    store::touch_session(tx.db, call_.caller->session, call_.source.ip, tx.now);
    audit::append_record(tx, call_.record(audit::Type::session_resumed));
    return ok();
  }
  void finished(const Result<void>&) noexcept override {}

 private:
  Call call_;
};

struct Found {
  store::SessionRow session;
  realtime::Caller caller;
  std::vector<RoomId> rooms;
};

// On the peer's thread: role and duties may have changed since the session was found.
SessionResume::Result describe(const Services& services, const realtime::Peer& peer, const Found& found,
                               CaughtUp caught_up) {
  SessionResume::Result result;
  result.user = found.session.user;
  result.user.role = peer.caller->role;
  result.epoch = services.epoch;
  result.features = features();
  result.reconnect_min_ms = services.settings.reconnect_min.count();
  result.reconnect_max_ms = services.settings.reconnect_max.count();
  result.rooms = std::move(caught_up.rooms);
  result.users = std::move(caught_up.users);
  result.must_change_password = peer.caller->duties.change_password;
  result.must_enrol_second_factor = peer.caller->duties.enrol_second_factor;
  return result;
}

// On the peer's thread, with the session found: subscribe first, then read what changed.
void subscribe_and_catch_up(Services& services, realtime::Peer& peer, const Found& found,
                            SessionResume::Params params, const Reply<SessionResume>& reply) {
  // The same session may resume again on its connection: a client that has just signed in with a password
  // names its rooms after it, and one with hundreds of rooms names most of them when 4 KiB is no longer the
  // limit.
  const bool is_again = peer.caller && peer.caller->session == found.session.id;
  if (!is_again && !sign_in_peer(services, peer, found.caller, found.rooms))
    return reply(conflict("already_signed_in", "Somebody is signed in on this connection already."));
  const bool same_epoch = params.epoch.value_or(services.epoch) == services.epoch;
  const auto quiet = services.clock.now() - found.session.last_used_at;
  if (quiet >= kQuietTime || quiet < quiet.zero() || found.session.ip != peer.source.ip) {
    Call call = reply.call();
    call.caller = *peer.caller;
    services.writer.submit(std::make_unique<ResumedJob>(std::move(call)));
  }
  auto since = same_epoch && params.rooms ? std::move(*params.rooms) : std::map<RoomId, Seq>{};
  catch_up(services, peer, std::move(since),
           [&services, found, reply](realtime::Peer& self, CaughtUp caught_up) {
             reply.act(describe(services, self, found, std::move(caught_up)))(self);
           });
}

}  // namespace

void resume_session(LiveContext& context, SessionResume::Params params, Reply<SessionResume> reply) {
  const auto refusal = make_error(ErrorCode::unauthenticated, "Your session is over. Sign in again.");
  const auto digest = credentials::parse_token(params.token.reveal());
  if (!digest) return reply(refusal);
  Services& services = context.services;
  const bool queued = services.readers.submit(
      [&services, reply, refusal, digest = *digest, params = std::move(params)](sqlite::Connection& db) {
        auto session = store::find_session(db, digest, services.clock.trusted());
        if (!session) return reply(db.failure() ? *db.failure() : refusal);
        Found found{std::move(*session), {}, {}};
        found.caller = to_caller(db, services.settings, found.session);
        found.rooms = store::load_room_ids(db, found.session.user.id);
        services.hub.run_on(reply.call().peer,
                            [&services, reply, params, found = std::move(found)](realtime::Peer& peer) {
                              subscribe_and_catch_up(services, peer, found, params, reply);
                            });
      });
  if (!queued) reply(unavailable("The server is busy. Try again in a moment.", std::chrono::seconds{1}));
}

}  // namespace wardroom::commands
