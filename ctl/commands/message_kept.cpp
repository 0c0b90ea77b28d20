#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/lines.hpp"
#include "ctl/commands/message.hpp"
#include "ctl/commands/message_lines.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/shown_rooms.hpp"
#include "ctl/commands/table.hpp"

// Threads, and what one saved.
namespace wardroom::ctl {
namespace {

// Messages of several rooms, a line each.
class RoomLines {
 public:
  RoomLines(const Context& context, link::BlockingClient& client) : context_(context), client_(client) {}

  Result<void> begin() { return rooms_.load(client_); }
  void add_people(const std::vector<protocol::User>& users) { people_.add(users); }
  void print(RoomId room, const protocol::Message& message, const std::string& note) {
    context_.out << local_minute(message.at) << " " << rooms_.name(room) << " " << message.seq.value << " <"
                 << People::nick_of(people_.find(client_, message.author)) << "> "
                 << (message.deleted.value_or(false) ? "(deleted)" : set_in(message.text)) << note << "\n";
  }
  void print_gone(RoomId room, Seq seq, const std::string& note) {
    context_.out << rooms_.name(room) << " " << seq.value << " (not there any more)" << note << "\n";
  }

 private:
  const Context& context_;
  link::BlockingClient& client_;
  ShownRooms rooms_;
  People people_;
};

std::string note_of(const protocol::MyThread& thread) {
  const auto& message = thread.message;
  const std::int64_t count = message && message->replies ? message->replies->count : 0;
  return " [" + std::to_string(count) + (count == 1 ? " reply" : " replies") + ", " +
         std::to_string(thread.following.unread) + " unread]";
}

}  // namespace

Result<void> message_thread(const Context& context, const MessageArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  MessageLines lines(context, true);
  protocol::MessageThread::Params params{room->id, Seq{arguments.seq}, {}, Seq{}, {}};
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  for (bool first = true;; first = false) {
    const auto page = (*client)->call<protocol::MessageThread>(params);
    if (!page) return page.error();
    lines.add_people(page->users);
    if (first && page->root) lines.print(**client, *page->root);
    for (const auto& message : page->messages) lines.print(**client, message);
    if (!page->more.after || page->messages.empty()) return ok();
    params.after = page->messages.back().seq;
  }
}

Result<void> message_threads(const Context& context, const MessageArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  RoomLines lines(context, **client);
  if (auto begun = lines.begin(); !begun) return begun;
  protocol::ThreadList::Params params;
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  for (;;) {
    const auto page = (*client)->call<protocol::ThreadList>(params);
    if (!page) return page.error();
    if (context.json) context.out << protocol::encode(*page) << "\n";
    lines.add_people(page->users);
    for (const auto& thread : page->threads) {
      if (context.json) continue;
      if (thread.message)
        lines.print(thread.room, *thread.message, note_of(thread));
      else
        lines.print_gone(thread.room, thread.root, note_of(thread));
    }
    if (!page->more || page->threads.empty()) return ok();
    const auto& last = page->threads.back();
    params.beyond = protocol::Beyond{last.last_at, last.room, last.root};
  }
}

Result<void> message_save(const Context& context, const MessageArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  const auto saved = (*client)->call<protocol::SavedSet>({room->id, Seq{arguments.seq}, !arguments.off});
  if (!saved) return saved.error();
  if (context.json) context.out << protocol::encode(*saved) << "\n";
  return ok();
}

Result<void> message_saved(const Context& context, const MessageArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  RoomLines lines(context, **client);
  if (auto begun = lines.begin(); !begun) return begun;
  protocol::SavedList::Params params;
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  for (;;) {
    const auto page = (*client)->call<protocol::SavedList>(params);
    if (!page) return page.error();
    if (context.json) context.out << protocol::encode(*page) << "\n";
    lines.add_people(page->users);
    for (const auto& saved : page->saved)
      if (!context.json) lines.print(saved.room, saved.message, {});
    if (!page->more || page->saved.empty()) return ok();
    const auto& last = page->saved.back();
    params.beyond = protocol::Beyond{last.saved_at, last.room, last.message.seq};
  }
}

}  // namespace wardroom::ctl
