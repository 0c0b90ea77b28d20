#include "server/store/threads.hpp"

#include <algorithm>
#include <map>

#include "tests/unit/messages/conversation.hpp"

// Threads over the wire: who may, what is counted, who follows, and what clients are told that were away.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct Threads : Conversation {
  Somebody ada = arrive("ada");
  Somebody bob = arrive("bob");
  Somebody cleo = arrive("cleo");
  std::int64_t room = create(ada, "ops");
  std::int64_t root = 0;

  Threads() {
    call(bob, "room.join", {{"room", room}});
    call(cleo, "room.join", {{"room", room}});
    root = post(ada, room, "the root");
  }

  json::object reply_params(const std::string& text, std::int64_t to) {
    return {{"room", room},
            {"client_id", to_string(make_uuid7(office.clock.now()))},
            {"text", text},
            {"thread", to}};
  }
  std::int64_t reply(Somebody& who, const std::string& text) {
    office.clock.advance(std::chrono::seconds{1});
    return call(who, "message.post", reply_params(text, root)).at("seq").as_int64();
  }
  json::object thread(Somebody& who, json::object more = {}) {
    more["room"] = room;
    more["root"] = root;
    return call(who, "message.thread", more);
  }
  std::vector<std::string> texts(const json::object& answer, const char* list = "messages") {
    std::vector<std::string> all;
    for (const auto& message : answer.at(list).as_array()) all.emplace_back(message.at("text").as_string());
    return all;
  }
  json::object listed(Somebody& who) { return call(who, "thread.list", {}); }
  // What the person has unread there; -1: they don't follow it.
  std::int64_t unread(Somebody& who) {
    const auto list = listed(who);
    for (const auto& one : list.at("threads").as_array())
      if (one.at("room") == room && one.at("root") == root)
        return one.at("following").at("unread").as_int64();
    return -1;
  }
  // Replies under the root in the room's history; 0: none.
  std::int64_t counted(Somebody& who) {
    const auto page = call(who, "message.history", {{"room", room}});
    for (const auto& message : page.at("messages").as_array())
      if (message.at("seq") == root)
        return message.as_object().contains("replies") ? message.at("replies").at("count").as_int64() : 0;
    return -1;
  }
  // The events of this name that wait, in their order.
  std::vector<json::object> take(Somebody& who, std::string_view name) {
    std::vector<json::object> found;
    for (const auto& event : who.peer->events)
      if (std::string_view(event.at("method").as_string()) == name)
        found.push_back(event.at("params").as_object());
    who.peer->events.clear();
    return found;
  }
};

}  // namespace

TEST_CASE("a reply in a thread is a message of its room, and its root says how many came last and by whom") {
  Threads t;
  t.reply(t.bob, "one");
  t.reply(t.cleo, "two");
  const auto last = t.reply(t.bob, "three");

  const auto page = t.call(t.ada, "message.history", {{"room", t.room}});
  CHECK(t.texts(page) == std::vector<std::string>{"the root", "one", "two", "three"});
  CHECK(page.at("messages").at(1).at("thread") == t.root);
  const auto& replies = page.at("messages").at(0).at("replies");
  CHECK(replies.at("count") == 3);
  CHECK(replies.at("last") == last);
  CHECK(json::serialize(replies.at("repliers")) == json::serialize(json::array{t.bob.id(), t.cleo.id()}));

  const auto thread = t.thread(t.ada);
  CHECK(thread.at("root").at("text") == "the root");
  CHECK(t.texts(thread) == std::vector<std::string>{"one", "two", "three"});
  const auto some = t.thread(t.ada, {{"before", last}, {"limit", 1}});
  CHECK(t.texts(some) == std::vector<std::string>{"two"});
  CHECK(some.at("more").at("before") == true);
  CHECK(some.at("more").at("after") == true);
  const auto after = t.thread(t.ada, {{"after", t.root}, {"limit", 2}});
  CHECK(t.texts(after) == std::vector<std::string>{"one", "two"});
  CHECK(after.at("more").at("before") == false);
  CHECK(after.at("more").at("after") == true);
}

TEST_CASE("a thread begins with a message of the room that is no reply itself") {
  Threads t;
  const auto reply = t.reply(t.bob, "one");
  const auto refused = [&](std::int64_t root) {
    const auto answer = t.office.call(*t.bob.peer, "message.post", t.reply_params("two", root));
    REQUIRE(answer.contains("error"));
    return std::string(answer.at("error").at("data").at("field").as_string());
  };
  CHECK(refused(reply) == "params.thread");
  CHECK(refused(reply + 1000) == "params.thread");
  CHECK(t.office.call(*t.bob.peer, "message.thread", {{"room", t.room}, {"root", reply}}).contains("error"));
  CHECK(t.refusal(t.bob, "message.thread", {{"room", t.room}, {"root", reply + 1000}}) == "not_found");
  CHECK(t.counted(t.bob) == 1);
}

TEST_CASE("the root's author, repliers and those who are named follow a thread, each with their own unread") {
  Threads t;
  t.reply(t.bob, "one");
  CHECK(t.unread(t.ada) == 1);  // wrote the root
  CHECK(t.unread(t.bob) == 0);  // wrote the reply
  CHECK(t.unread(t.cleo) == -1);
  t.reply(t.bob, "what do you say, @cleo?");
  CHECK(t.unread(t.ada) == 2);
  CHECK(t.unread(t.cleo) == 1);  // from where she was named
  CHECK(t.listed(t.ada).at("unread") == 1);
  t.reply(t.bob, "and you, @room?");
  CHECK(t.unread(t.cleo) == 2);
  CHECK(t.unread(t.bob) == 0);
}

TEST_CASE("who stops following is named in vain, and follows again by a reply of their own") {
  Threads t;
  t.reply(t.bob, "one");
  t.call(t.ada, "thread.follow", {{"room", t.room}, {"root", t.root}, {"on", false}});
  t.reply(t.bob, "@ada?");
  CHECK(t.unread(t.ada) == -1);
  t.reply(t.ada, "yes");
  CHECK(t.unread(t.ada) == 0);
  t.reply(t.bob, "good");
  CHECK(t.unread(t.ada) == 1);
}

TEST_CASE("a thread is read up to a number, and unread from one on with back") {
  Threads t;
  const auto one = t.reply(t.bob, "one");
  const auto two = t.reply(t.bob, "two");
  const auto mark = [&](std::int64_t seq, bool back) {
    return t
        .call(t.ada, "thread.mark_read", {{"room", t.room}, {"root", t.root}, {"seq", seq}, {"back", back}})
        .at("following")
        .as_object();
  };
  t.take(t.ada, "");
  CHECK(mark(one, false).at("unread") == 1);
  CHECK(t.take(t.ada, "thread.followed").size() == 1);
  CHECK(mark(two + 500, false).at("unread") == 0);
  CHECK(mark(one, false).at("unread") == 0);  // not back by itself
  CHECK(mark(one, true).at("unread") == 1);
  CHECK(t.unread(t.ada) == 1);
}

TEST_CASE("a reply that is deleted counts no more, and counts again when it comes back") {
  Threads t;
  t.reply(t.bob, "one");
  const auto two = t.reply(t.bob, "two");
  t.take(t.ada, "");
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", two}});
  CHECK(t.counted(t.ada) == 1);
  CHECK(t.unread(t.ada) == 1);
  const auto told = t.take(t.ada, "thread.changed");
  REQUIRE(told.size() == 1);
  CHECK(told[0].at("replies").at("count") == 1);
  t.call(t.bob, "message.restore", {{"room", t.room}, {"seq", two}});
  CHECK(t.counted(t.ada) == 2);
  CHECK(t.unread(t.ada) == 2);
  // Without a reply there is nothing under the root.
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", two}});
  t.call(t.bob, "message.delete",
         {{"room", t.room}, {"seq", t.thread(t.bob).at("messages").at(0).at("seq")}});
  CHECK(t.counted(t.ada) == 0);
  CHECK(t.unread(t.ada) == 0);
}

TEST_CASE("a deleted root keeps its thread") {
  Threads t;
  t.reply(t.bob, "one");
  t.call(t.ada, "message.delete", {{"room", t.room}, {"seq", t.root}});
  t.reply(t.bob, "two");
  const auto thread = t.thread(t.cleo);
  CHECK(thread.at("root").at("deleted") == true);
  CHECK(thread.at("root").at("replies").at("count") == 2);
}

TEST_CASE("whoever leaves a room follows none of its threads any more, and starts anew when they come back") {
  Threads t;
  t.reply(t.bob, "one");
  t.reply(t.ada, "two");
  CHECK(t.unread(t.bob) == 1);
  t.call(t.bob, "room.leave", {{"room", t.room}});
  t.take(t.bob, "");
  t.reply(t.ada, "three");
  CHECK(t.take(t.bob, "thread.followed").empty());
  CHECK(t.listed(t.bob).at("threads").as_array().empty());
  CHECK(t.refusal(t.bob, "message.thread", {{"room", t.room}, {"root", t.root}}) == "not_a_member");
  CHECK(t.refusal(t.bob, "thread.follow", {{"room", t.room}, {"root", t.root}, {"on", true}}) ==
        "not_a_member");
  t.call(t.bob, "room.join", {{"room", t.room}});
  CHECK(t.unread(t.bob) == -1);
}

TEST_CASE("to whom the root isn't shown, the thread is what they see of it") {
  Threads t;
  t.reply(t.bob, "before");
  const auto hidden = t.reply(t.bob, "the last that is hidden");
  t.office.open_database()->run("UPDATE members SET shown_after = ? WHERE user_id = ?", hidden, t.cleo.id());
  t.office.open_database()->run("UPDATE rooms SET history_from = ?", hidden);
  t.take(t.cleo, "");
  t.reply(t.bob, "after, @cleo");
  const auto thread = t.thread(t.cleo);
  CHECK_FALSE(thread.contains("root"));
  CHECK(t.texts(thread) == std::vector<std::string>{"after, @cleo"});
  CHECK(t.unread(t.cleo) == -1);
  CHECK(t.take(t.cleo, "thread.changed").empty());
  CHECK(t.office.call(*t.cleo.peer, "message.post", t.reply_params("me, too", t.root)).contains("error"));
  CHECK(t.office.call(*t.cleo.peer, "thread.follow", {{"room", t.room}, {"root", t.root}, {"on", true}})
            .contains("error"));
}

TEST_CASE("who was away learns of a reply with its root, at every size of a page") {
  Threads t;
  const auto begin = t.call(t.ada, "message.history", {{"room", t.room}}).at("seq").as_int64();
  t.reply(t.bob, "one");
  const auto other = t.post(t.cleo, t.room, "something else");
  t.reply(t.bob, "two");
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", other - 1}});
  for (std::int64_t limit = 1; limit <= 5; ++limit) {
    std::map<std::int64_t, json::object> known;
    std::int64_t since = begin;
    for (int turns = 0;; ++turns) {
      REQUIRE(turns < 20);
      const auto page =
          t.call(t.ada, "message.changes", {{"room", t.room}, {"since", since}, {"limit", limit}});
      for (const auto& message : page.at("messages").as_array())
        known[message.at("seq").as_int64()] = message.as_object();
      since = page.at("seq").as_int64();
      if (!page.at("more").as_bool()) break;
    }
    INFO(limit);
    CHECK(known.size() == 4);
    CHECK(known[t.root].at("replies").at("count") == 1);
    CHECK(known[other - 1].at("deleted") == true);
  }
}

TEST_CASE("lists of threads go on where a page ended, the newest reply first") {
  Threads t;
  std::vector<std::int64_t> roots;
  for (int i = 0; i < 5; ++i) {
    t.root = t.post(t.ada, t.room, "root " + std::to_string(i));
    roots.push_back(t.root);
    t.reply(t.bob, "reply");
  }
  std::reverse(roots.begin(), roots.end());
  std::vector<std::int64_t> met;
  json::object params{{"limit", 2}};
  for (bool more = true; more;) {
    const auto page = t.call(t.ada, "thread.list", params);
    CHECK(page.at("unread") == 5);
    for (const auto& one : page.at("threads").as_array()) {
      met.push_back(one.at("root").as_int64());
      params["beyond"] = {{"at", one.at("last_at")}, {"room", one.at("room")}, {"seq", one.at("root")}};
    }
    more = page.at("more").as_bool();
  }
  CHECK(met == roots);
  t.call(t.ada, "thread.mark_read", {{"room", t.room}, {"root", roots[0]}, {"seq", 100000}});
  CHECK(t.call(t.ada, "thread.list", {{"unread", true}}).at("threads").as_array().size() == 4);
}

TEST_CASE("a reply that was sent twice counts once") {
  Threads t;
  const auto params = t.reply_params("one", t.root);
  t.call(t.bob, "message.post", params);
  t.call(t.bob, "message.post", params);
  CHECK(t.counted(t.ada) == 1);
  CHECK(t.unread(t.ada) == 1);
}

TEST_CASE("of more threads than one may follow, the one that was quiet longest is dropped") {
  Threads t;
  auto db = t.office.open_database();
  const UserId ada{t.ada.id()};
  db->run(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
      " INSERT INTO thread_followers (room_id, root, user_id, follows, read_seq, last_at)"
      " SELECT ?, 100000 + i, ?, 1, 1, i FROM n",
      t.room, ada);
  t.reply(t.bob, "one");
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM thread_followers WHERE user_id = ?", ada) == 5000);
  CHECK_FALSE(store::find_following(*db, {RoomId{t.room}, Seq{100'001}}, ada));
  CHECK(t.unread(t.ada) == 1);
}
