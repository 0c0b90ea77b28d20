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
  void finished(const Result<void>&) override {}
  bool is_vital() const override { return true; }

 private:
  Call call_;
};

// A session that is looked for, for one connection.
struct Search {
  Services& services;
  Reply<SessionResume> reply;
  Digest token{};
  SessionResume::Params params;
  std::uint64_t version = 0;  // of the subscriptions, before the last reading began
};
using SearchPtr = std::shared_ptr<Search>;

struct Found {
  store::SessionRow session;
  realtime::Caller caller;
  std::vector<RoomId> rooms;
};

Error session_over() {
  return make_error(ErrorCode::unauthenticated, "Your session is over. Sign in again.");
}

// On the peer's thread: role and duties may have changed since the session was found.
SessionResume::Result describe(const Services& services, const realtime::Peer& peer, const Found& found,
                               CaughtUp caught_up) {
  SessionResume::Result result;
  result.user = found.session.user;
  result.user.role = peer.caller()->role;
  result.epoch = services.epoch;
  const auto settings = services.settings.load();
  result.features = features(*settings);
  result.reconnect_min_ms = settings->reconnect_min.count();
  result.reconnect_max_ms = settings->reconnect_max.count();
  result.rooms = std::move(caught_up.rooms);
  result.users = std::move(caught_up.users);
  result.must_change_password = peer.caller()->duties.change_password;
  result.must_enrol_second_factor = peer.caller()->duties.enrol_second_factor;
  return result;
}

// On the peer's thread, with the session found: subscribe first, then read what changed.
void subscribe_and_catch_up(Search& search, realtime::Peer& peer, const Found& found) {
  Services& services = search.services;
  // The same session may resume again on its connection: a client that has just signed in with a password
  // names its rooms after it, and one with hundreds of rooms names most of them when 4 KiB is no longer the
  // limit.
  const bool is_again = peer.caller() && peer.caller()->session == found.session.id;
  if (!is_again && !sign_in_peer(services, peer, found.caller, found.rooms))
    return search.reply(conflict("already_signed_in", "Somebody is signed in on this connection already."));
  const bool same_epoch = search.params.epoch.value_or(services.epoch) == services.epoch;
  const auto quiet = services.clock.now() - found.session.last_used_at;
  if (quiet >= kQuietTime || quiet < quiet.zero() || found.session.ip != peer.source.ip) {
    Call call = search.reply.call();
    call.caller = peer.caller();
    services.writer.submit(std::make_unique<ResumedJob>(std::move(call)));
  }
  auto since = same_epoch && search.params.rooms ? std::move(*search.params.rooms) : std::map<RoomId, Seq>{};
  catch_up(services, peer, std::move(since),
           [&services, found, reply = search.reply](realtime::Peer& self, CaughtUp caught_up) {
             reply.act(describe(services, self, found, std::move(caught_up)))(self);
           });
}

// What became known of the person while a reader looked makes what it read too old to sign in with: a session
// that ended, a room they were taken out of. So the connection begins at one exact place of the stream.
void look_for_session(const SearchPtr& search) {
  const auto read = [search](sqlite::Connection& db) {
    Services& services = search->services;
    auto session = store::find_session(db, search->token, services.clock.trusted());
    if (!session) return search->reply(db.failure() ? *db.failure() : session_over());
    Found found{std::move(*session), {}, {}};
    found.caller = to_caller(db, *services.settings.load(), found.session);
    found.rooms = store::load_room_ids(db, found.session.user.id);
    if (db.failure()) return search->reply(*db.failure());
    services.hub.run_on(search->reply.call().peer, [search, found = std::move(found)](realtime::Peer& peer) {
      const auto& subscriptions = search->services.hub.local(peer.id.loop);
      if (subscriptions.has_changed(found.caller.user,
                                    std::exchange(search->version, subscriptions.version())))
        return look_for_session(search);
      subscribe_and_catch_up(*search, peer, found);
    });
  };
  search->services.readers.submit(read, search->reply);
}

}  // namespace

void resume_session(LiveContext& context, SessionResume::Params params, Reply<SessionResume> reply) {
  const bool has_cookie = context.services.settings->browsers && !context.peer.cookie_token.empty();
  if (!params.token && !has_cookie)
    return reply(make_error(ErrorCode::unauthenticated, "Sign in first: there is no token, and no cookie."));
  const Secret& token = params.token ? *params.token : context.peer.cookie_token;
  const auto digest = credentials::parse_token(token.reveal());
  if (!digest) return reply(session_over());
  const auto version = context.services.hub.local(context.peer.id.loop).version();
  look_for_session(
      SearchPtr(new Search{context.services, std::move(reply), *digest, std::move(params), version}));
}

}  // namespace wardroom::commands
