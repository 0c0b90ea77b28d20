#include "tests/unit/client/driver.hpp"

namespace wardroom::client::test {
namespace {
constexpr TimePoint kStart = from_unix_ms(1795160000000);  // Thursday, 20 November 2026, 07:33:20 UTC
}

protocol::MyRoom a_room(RoomId id, std::string name, std::int64_t seq, std::int64_t count) {
  protocol::MyRoom room;
  room.id = id;
  room.name = std::move(name);
  room.seq = Seq{seq};
  room.count = count;
  room.created_at = kStart;
  room.marker = {Seq{seq}, count};
  return room;
}

protocol::MessagePosted posted(std::int64_t seq, std::string text, UserId author,
                               std::optional<std::string> client_id, RoomId room) {
  return {room, Seq{seq}, kStart + std::chrono::seconds{seq}, author, std::move(client_id), std::move(text),
          {}};
}

protocol::Message message(std::int64_t seq, std::string text, UserId author) {
  protocol::Message m;
  m.seq = Seq{seq};
  m.at = kStart + std::chrono::seconds{seq};
  m.author = author;
  m.text = std::move(text);
  return m;
}

Driver::Driver() {
  state.ids = IdSource({7, 11});
  on(Tick{kStart});
}

Driver& Driver::act(Action action) {
  return keep(update(state, action));
}

Driver& Driver::on(Event event) {
  return keep(update(state, event));
}

Driver& Driver::keep(Effects more) {
  asked_.note(more);
  std::move(more.begin(), more.end(), std::back_inserter(effects));
  return *this;
}

Driver& Driver::wait(std::chrono::milliseconds by) {
  return on(Tick{state.now + by});
}

Driver& Driver::start(std::int64_t seq, std::int64_t count) {
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  on(profile);
  listed.rooms = {a_room(kRoom, "release-7", seq, count), a_room(kOther, "general", seq, count)};
  come_online();
  answer<protocol::RoomList>(listed);
  answer<protocol::ThreadList>(protocol::ThreadList::Result{});
  act(OpenRoom{kRoom});
  on(WindowFocused{true});
  effects.clear();
  room().loading_older = false;
  return *this;
}

Driver& Driver::go_offline() {
  LinkChanged lost;
  lost.state = LinkChanged::State::offline;
  lost.error = unavailable("The connection was lost.");
  lost.error->reason = "connection_lost";
  // The link ends what is under way before it says that it is offline.
  for (const auto& call : all<Call<protocol::MessagePost>>())
    on(desk::testing::answered<protocol::MessagePost>(call.made, *lost.error));
  effects.clear();
  return on(lost);
}

Driver& Driver::come_online(protocol::SessionResume::Result resumed) {
  resumed.user = user(kMe, "lena", "Lena Moreau");
  if (resumed.epoch == 0) resumed.epoch = 1;
  resumed.users.push_back(user(kAmara, "amara", "Amara Osei"));
  on(std::move(resumed));
  LinkChanged online;
  online.state = LinkChanged::State::online;
  return on(online);
}

Driver& Driver::come_online() {
  return come_online({});
}

std::vector<std::string> Driver::shown() {
  std::vector<std::string> texts;
  for (const auto& row : props().timeline.rows)
    if (row.kind == TimelineRow::Kind::message)
      texts.push_back(row.text + (row.delivery == Delivery::pending  ? "…"
                                  : row.delivery == Delivery::failed ? "!"
                                                                     : ""));
  return texts;
}

Call<protocol::MessagePost> Driver::say(std::string text, RoomId id) {
  act(SendMessage{id, std::move(text)});
  const auto saved = take<SaveOutbox>();
  on(OutboxSaved{saved.row.client_id, ok()});
  return take<Call<protocol::MessagePost>>();
}

}  // namespace wardroom::client::test
