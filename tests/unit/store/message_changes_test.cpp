#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "protocol/codec.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/reactions.hpp"
#include "tests/unit/store/room_fixture.hpp"

using namespace wardroom;
using Act = protocol::MessageVersion::Act;

namespace {

constexpr RoomId kRoom{1};

Seq number_of(const protocol::Message& message) {
  return message.changed.value_or(message.seq);
}

// Somebody who knows of the room only what message.changes tells, now and then, in pages.
class Follower {
 public:
  void catch_up(sqlite::Connection& db, std::int64_t page) {
    for (;;) {
      const auto changes = store::load_changes(db, kRoom, since_, page);
      if (changes.empty()) return;
      for (const auto& message : changes) {
        REQUIRE(number_of(message) > since_);
        since_ = number_of(message);
        seen_[message.seq] = protocol::encode(message);
      }
    }
  }

  std::map<Seq, std::string> seen() const { return seen_; }

 private:
  Seq since_;
  std::map<Seq, std::string> seen_;
};

std::map<Seq, std::string> load_history(sqlite::Connection& db) {
  std::map<Seq, std::string> all;
  Seq after;
  for (;;) {
    const auto page = store::load_after(db, kRoom, after, 7);
    for (const auto& message : page.messages) all[message.seq] = protocol::encode(message);
    if (!page.more.after) return all;
    after = page.messages.back().seq;
  }
}

// Does one random thing that is possible, as the commands would.
class Life {
 public:
  Life(testing::RoomFixture& fixture, unsigned seed) : db_(*fixture.db), fixture_(fixture), random_(seed) {
    for (const char* name : {"bob", "carol"}) people_.push_back(fixture.add_person(name));
  }

  void step() {
    const unsigned what = pick(10);
    if (what < 3 || posted_.empty()) return posted_.push_back(fixture_.post(word(), any_person()));
    const Seq seq = posted_[pick(static_cast<unsigned>(posted_.size()))];
    const auto message = store::find_message(db_, kRoom, seq);
    REQUIRE(message);
    if (what == 3) {
      store::take_seq(db_, kRoom);  // an event that is about no message
    } else if (message->deleted) {
      change(*message, Act::restored, store::load_last_text(db_, kRoom, seq));
    } else if (what == 4) {
      change(*message, Act::deleted, {});
    } else if (what < 7) {
      change(*message, Act::edited, word());
    } else if (what == 7) {
      store::update_pin(db_, kRoom, seq, !message->pinned);
    } else {
      toggle_reaction(seq);
    }
  }

  unsigned pick(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(random_); }

 private:
  std::string word() { return "w" + std::to_string(pick(1000)); }
  UserId any_person() { return people_[pick(static_cast<unsigned>(people_.size()))]; }

  void change(const store::MessageRow& message, Act act, const std::string& text) {
    store::insert_version(db_, kRoom, message, {act, any_person(), from_unix_ms(pick(1000)), text, "why"});
  }
  void toggle_reaction(Seq seq) {
    const std::string emoji(1, static_cast<char>('a' + pick(3)));
    const store::ReactionKey key{kRoom, seq, emoji, any_person()};
    if (store::has_reaction(db_, key))
      store::delete_reaction(db_, key, from_unix_ms(1));
    else
      store::insert_reaction(db_, key, from_unix_ms(1));
  }

  sqlite::Connection& db_;
  testing::RoomFixture& fixture_;
  std::mt19937 random_;
  std::vector<UserId> people_{UserId{1}};
  std::vector<Seq> posted_;
};

}  // namespace

TEST_CASE("whoever asks for changes, whenever and in whatever pages, ends with what history shows") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    testing::RoomFixture fixture;
    REQUIRE(fixture.db->run_script("BEGIN"));
    Life life(fixture, seed);
    Follower follower;
    for (int i = 0; i < 150; ++i) {
      life.step();
      if (life.pick(8) == 0) follower.catch_up(*fixture.db, 1 + life.pick(9));
    }
    follower.catch_up(*fixture.db, 5);
    CHECK(follower.seen() == load_history(*fixture.db));
    REQUIRE_FALSE(fixture.db->failure());
  }
}
