#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {
namespace {

using domain::RoomAct;

object post(Ground& g) {
  return {{"room", g.room.value}, {"client_id", g.uuid()}, {"text", "hello"}};
}

object search_in_room(Ground& g) {
  return {{"room", g.room.value}, {"query", "hello"}};
}

object search_everywhere(Ground&) {
  return {{"query", "hello"}};
}
Result<void> reads_it(const Ground& g) {
  return g.rule(RoomAct::read);
}

// Somebody else's message: moderators may, members are told that it isn't theirs.
Result<void> deletes_theirs(const Ground& g) {
  if (g.rule(RoomAct::delete_any)) return ok();
  if (auto own = g.rule(RoomAct::delete_own); !own) return own;
  return forbidden("not_author", "");
}
Result<void> deletes_own(const Ground& g) {
  return g.rule(RoomAct::delete_any) ? ok() : g.rule(RoomAct::delete_own);
}
Result<void> edits_theirs(const Ground& g) {
  if (auto own = g.rule(RoomAct::edit); !own) return own;
  return forbidden("not_author", "");
}
Result<void> sees_their_versions(const Ground& g) {
  if (g.rule(RoomAct::see_versions)) return ok();
  if (auto reads = g.rule(RoomAct::read); !reads) return reads;
  return forbidden("not_author", "");
}
Result<void> sees_own_versions(const Ground& g) {
  return g.rule(RoomAct::see_versions) ? ok() : g.rule(RoomAct::read);
}

// A reply in the thread of somebody else's message.
object reply(Ground& g) {
  object params = post(g);
  params["thread"] = g.theirs.value;
  return params;
}
// About that thread.
auto thread_with(object more) {
  return [more](Ground& g) {
    object params = more;
    params["room"] = g.room.value;
    params["root"] = g.theirs.value;
    return params;
  };
}
object sidebar(Ground& g) {
  return {{"sidebar", {{"version", 0}, {"favourites", {g.room.value}}, {"sections", boost::json::array()}}}};
}

}  // namespace

std::vector<Case> message_cases() {
  return {
      {"message.post", "", post, {}, {}},
      {"message.post", "in a thread", reply, {}, {}},
      {"message.thread", "", thread_with({}), {}, {}},
      {"message.seen_by", "", message_with(&Ground::theirs, {}), {}, {"seen_by_off"}},
      {"thread.list", "", nothing, {}, {}},
      {"thread.follow", "", thread_with({{"on", true}}), {}, {}},
      {"thread.mark_read", "", thread_with({{"seq", 1}}), {}, {}},
      {"saved.set", "", message_with(&Ground::theirs, {{"on", true}}), reads_it, {}},
      {"saved.list", "", nothing, {}, {}},
      {"draft.set", "", room_with({{"text", "not yet"}}), reads_it, {}},
      {"draft.list", "", nothing, {}, {}},
      {"sidebar.get", "", nothing, {}, {}},
      {"sidebar.set", "", sidebar, {}, {}},
      {"message.history", "at a time", room_with({{"at", 1}}), {}, {}},
      {"message.history", "", the_room, {}, {}},
      {"message.changes", "", room_with({{"since", 0}}), {}, {}},
      {"message.search", "in the room", search_in_room, reads_it, {}},
      {"message.search", "everywhere", search_everywhere, {}, {}},
      {"file.list", "", the_room, {}, {}},
      {"message.edit", "of one's own", message_with(&Ground::own, {{"text", "better"}}), {}, {}},
      {"message.edit", "of another", message_with(&Ground::theirs, {{"text", "worse"}}), edits_theirs, {}},
      {"message.delete", "of one's own", message_with(&Ground::own, because()), deletes_own, {}},
      {"message.delete", "of another", message_with(&Ground::theirs, because()), deletes_theirs, {}},
      {"message.restore", "of another", message_with(&Ground::deleted, because()), deletes_theirs, {}},
      {"message.react", "", message_with(&Ground::theirs, {{"emoji", "+1"}, {"on", true}}), {}, {}},
      {"message.pin", "", message_with(&Ground::theirs, {{"on", true}}), {}, {}},
      {"message.pins", "", the_room, {}, {}},
      {"message.versions", "of one's own", message_with(&Ground::own, {}), sees_own_versions, {}},
      {"message.versions", "of another", message_with(&Ground::theirs, {}), sees_their_versions, {}},
  };
}

}  // namespace wardroom::testing
