#include <future>

#include "protocol/json_rpc.hpp"
#include "server/store/writer.hpp"
#include "tests/unit/messages/conversation.hpp"

// The writer remembers who posts where. Whatever is done to a person or a room counts at the very next post
// all the same, also at one that shares its commit.
namespace wardroom::testing {
namespace {

// Holds the writer up until go(): what is asked for meanwhile is one group. Everything that was asked for
// before has run.
class HeldUpWriter {
 public:
  explicit HeldUpWriter(store::Writer& writer) {
    std::promise<void> held;
    auto is_held = held.get_future();
    writer.submit(std::make_unique<Job>(std::move(held), gate_.get_future().share()));
    is_held.wait();
  }
  ~HeldUpWriter() { go(); }
  HeldUpWriter(const HeldUpWriter&) = delete;
  HeldUpWriter& operator=(const HeldUpWriter&) = delete;

  void go() {
    if (!std::exchange(gone_, true)) gate_.set_value();
  }

 private:
  class Job final : public store::WriteJob {
   public:
    Job(std::promise<void> held, std::shared_future<void> gate)
        : held_(std::move(held)), gate_(std::move(gate)) {}
    Result<void> run(store::WriteTx&) override {
      held_.set_value();
      gate_.wait();
      return ok();
    }
    void finished(const Result<void>&) noexcept override {}

   private:
    std::promise<void> held_;
    std::shared_future<void> gate_;
  };

  std::promise<void> gate_;
  bool gone_ = false;
};

// Fails after it wrote, without a savepoint: its whole group is undone.
class SpoilingJob final : public store::WriteJob {
 public:
  Result<void> run(store::WriteTx& tx) override {
    tx.db.run("INSERT INTO meta (key, value) VALUES ('spoiled', '')");
    return forbidden("spoiled", "No.");
  }
  bool checks_first() const override { return true; }
  void finished(const Result<void>&) noexcept override {}
};

// Olga's room, with Bob in it.
struct PostingGround : Conversation {
  Somebody root = arrive("root", protocol::Role::admin);
  Somebody olga = arrive("olga");
  Somebody bob = arrive("bob");
  std::int64_t room = create(olga, "ops");

  PostingGround() { call(bob, "room.join", {{"room", room}}); }

  void ask(Somebody& who, const std::string& method, const json::object& params) {
    office.send_text(*who.peer, protocol::compose_request(++asked_, method, json::serialize(params)));
  }
  void ask_to_post() {
    const auto id = to_string(make_uuid7(office.clock.now()));
    ask(bob, "message.post", {{"room", room}, {"client_id", id}, {"text", "hello"}});
  }
  // Until what was asked for is committed; the network thread hasn't heard of it.
  void commit() {
    for (int i = 0; i < 2; ++i) HeldUpWriter(office.services().writer).go();
  }

  std::int64_t posted() {
    return office.open_database()
        ->find<std::int64_t>("SELECT count(*) FROM messages WHERE author_id = ?", bob.account.id)
        .value_or(-1);
  }
  // Of Bob's last answer; empty when it was no refusal.
  std::string last_code() const {
    REQUIRE_FALSE(bob.peer->results.empty());
    const auto& answer = bob.peer->results.back();
    return answer.contains("error") ? std::string(answer.at("error").at("data").at("code").as_string())
                                    : std::string();
  }
  // Whoever acted got what they asked for.
  void check_acted(Somebody& who) const {
    REQUIRE(who.peer->results.size() == 1);
    INFO(json::serialize(who.peer->results.front()));
    CHECK(who.peer->results.front().contains("result"));
  }

 private:
  std::int64_t asked_ = 100'000;
};

struct ActBetweenPosts {
  std::string_view name;
  PostingGround::Somebody PostingGround::*by;
  std::string method;
  std::function<json::object(PostingGround&)> params;
  std::string code;  // of the refusal; empty: the connection is closed
  std::function<void(PostingGround&)> before = [](PostingGround&) {};
};

json::object in_room(PostingGround& at) {
  return {{"room", at.room}, {"on", true}, {"reason", "a test"}};
}
json::object against_him(PostingGround& at) {
  return {{"room", at.room}, {"user", at.bob.id()}, {"reason", "a test"}};
}
json::object of_office(PostingGround& at) {
  return {{"user", at.bob.id()}, {"reason", "a test"}};
}

// Only who moderates posts.
void lock_it(PostingGround& at) {
  at.call(at.olga, "room.lock", in_room(at));
}

std::vector<ActBetweenPosts> acts_between_posts() {
  using At = PostingGround;
  return {
      {"his sessions are ended", &At::root, "admin.session_revoke", of_office, ""},
      {"his account is shut", &At::root, "admin.user_disable", of_office, ""},
      {"he must choose a new password", &At::root, "admin.user_update",
       [](At& at) {
         return json::object{{"user", at.bob.id()}, {"must_change_password", true}};
       },
       "must_change_password"},
      {"he is muted here", &At::olga, "moderation.mute", against_him, "muted"},
      {"he is muted everywhere", &At::root, "moderation.mute", of_office, "muted"},
      {"he is taken out", &At::olga, "room.remove_member",
       [](At& at) {
         return json::object{{"room", at.room}, {"user", at.bob.id()}};
       },
       "not_a_member"},
      {"he is kicked", &At::olga, "moderation.kick", against_him, "not_a_member"},
      {"he is banned", &At::olga, "moderation.ban", against_him, "not_a_member"},
      {"the room is locked", &At::olga, "room.lock", in_room, "room_locked"},
      {"the room is archived", &At::olga, "room.archive", in_room, "room_archived"},
      {"the room is slow", &At::olga, "room.slow_mode",
       [](At& at) {
         return json::object{{"room", at.room}, {"seconds", 60}, {"reason", "a test"}};
       },
       "slow_mode"},
      {"he is no moderator of a locked room any more", &At::root, "room.set_role",
       [](At& at) {
         return json::object{{"room", at.room}, {"user", at.bob.id()}, {"role", "member"}};
       },
       "room_locked",
       [](At& at) {
         at.call(at.olga, "room.set_role", {{"room", at.room}, {"user", at.bob.id()}, {"role", "moderator"}});
         lock_it(at);
       }},
      {"he is no moderator of the office any more", &At::root, "admin.user_update",
       [](At& at) {
         return json::object{{"user", at.bob.id()}, {"role", "member"}};
       },
       "room_locked",
       [](At& at) {
         at.call(at.root, "admin.user_update", {{"user", at.bob.id()}, {"role", "moderator"}});
         lock_it(at);
       }},
  };
}

}  // namespace

TEST_CASE("what is done to a person or a room counts at the next post") {
  for (const auto& act : acts_between_posts()) {
    INFO(act.name);
    PostingGround at;
    act.before(at);
    for (int i = 0; i < 2; ++i) at.post(at.bob, at.room, "hello");
    auto& actor = at.*act.by;
    at.ask(actor, act.method, act.params(at));
    at.commit();
    at.ask_to_post();  // on a connection that doesn't know yet
    at.office.settle();
    CHECK(at.posted() == 2);
    at.check_acted(actor);
    CHECK(at.bob.peer->closed.has_value() == act.code.empty());
    if (!act.code.empty()) CHECK(at.last_code() == act.code);
  }
}

TEST_CASE("so it does at a post of the same group") {
  for (const auto& act : acts_between_posts()) {
    INFO(act.name);
    PostingGround at;
    act.before(at);
    at.post(at.bob, at.room, "hello");
    auto& actor = at.*act.by;
    {
      HeldUpWriter held(at.office.services().writer);
      at.ask_to_post();
      at.ask(actor, act.method, act.params(at));
      at.ask_to_post();
    }
    at.office.settle();
    CHECK(at.posted() == 2);
    at.check_acted(actor);
    if (!act.code.empty()) CHECK(at.last_code() == act.code);
  }
}

TEST_CASE("what is taken back counts at the next post, too") {
  PostingGround at;
  at.post(at.bob, at.room, "hello");
  for (const std::string what : {"room.lock", "room.archive"}) {
    INFO(what);
    auto params = in_room(at);
    at.call(at.olga, what, params);
    CHECK(at.refusal(at.bob, "message.post",
                     {{"room", at.room},
                      {"client_id", to_string(make_uuid7(at.office.clock.now()))},
                      {"text", "hello"}}) == (what == "room.lock" ? "room_locked" : "room_archived"));
    params["on"] = false;
    at.call(at.olga, what, params);
    at.post(at.bob, at.room, "hello");
  }
}

TEST_CASE("what ends by itself has ended at the first post after its end, though nothing is written then") {
  PostingGround at;
  at.post(at.bob, at.room, "hello");
  const auto try_to_post = [&] {
    return at.refusal(
        at.bob, "message.post",
        {{"room", at.room}, {"client_id", to_string(make_uuid7(at.office.clock.now()))}, {"text", "hello"}});
  };
  auto mute = against_him(at);
  mute["seconds"] = 60;
  at.call(at.olga, "moderation.mute", mute);
  for (int i = 0; i < 2; ++i) CHECK(try_to_post() == "muted");
  at.office.clock.advance(std::chrono::seconds{59});
  CHECK(try_to_post() == "muted");
  at.office.clock.advance(std::chrono::seconds{2});
  CHECK(try_to_post().empty());
  at.office.clock.advance(std::chrono::days{31});
  CHECK(try_to_post() == "unauthenticated");
}

TEST_CASE("what was undone with its group doesn't count at the next post") {
  struct Undone {
    std::string method;
    PostingGround::Somebody PostingGround::*by;
    json::object params;
  };
  PostingGround at;
  const std::vector<Undone> all = {
      {"room.lock", &PostingGround::olga, in_room(at)},
      {"moderation.mute", &PostingGround::olga, against_him(at)},
      {"admin.user_update", &PostingGround::root, {{"user", at.bob.id()}, {"must_change_password", true}}},
  };
  at.post(at.bob, at.room, "hello");
  for (const auto& undone : all) {
    INFO(undone.method);
    const auto before = at.posted();
    {
      HeldUpWriter held(at.office.services().writer);
      at.ask(at.*undone.by, undone.method, undone.params);
      at.ask_to_post();  // is refused, as the writer knows the room or the person now
      at.office.services().writer.submit(std::make_unique<SpoilingJob>());
    }
    at.office.settle();
    CHECK(at.last_code() == "internal");
    at.bob.peer->results.clear();
    at.post(at.bob, at.room, "hello");
    CHECK(at.posted() == before + 1);
  }
}

TEST_CASE("a message that was undone with its group is posted by the same request again") {
  PostingGround at;
  at.post(at.bob, at.room, "hello");
  const json::object params = {
      {"room", at.room}, {"client_id", to_string(make_uuid7(at.office.clock.now()))}, {"text", "once"}};
  {
    HeldUpWriter held(at.office.services().writer);
    at.ask(at.bob, "message.post", params);
    at.office.services().writer.submit(std::make_unique<SpoilingJob>());
  }
  at.office.settle();
  CHECK(at.last_code() == "internal");
  CHECK(at.posted() == 1);
  at.bob.peer->results.clear();
  CHECK(at.call(at.bob, "message.post", params).at("seq").as_int64() ==
        at.call(at.bob, "message.post", params).at("seq").as_int64());
  CHECK(at.posted() == 2);
}

}  // namespace wardroom::testing
