#include <algorithm>
#include <ostream>
#include <thread>

#include "common/base/random.hpp"
#include "common/link/reconnect_wait.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/message_lines.hpp"
#include "protocol/close_codes.hpp"

namespace wardroom::ctl {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kFirstMessages = 20;

// Trying again later can help.
bool is_passing(const Error& error) {
  if (error.code != ErrorCode::unavailable || link::is_trust_error(error)) return false;
  return std::ranges::none_of(protocol::kCloseCodes, [&error](const auto& row) {
    return row.name == error.reason && !row.resumable;
  });
}

class Tail {
 public:
  Tail(const Context& context, const TailArguments& arguments)
      : context_(context), arguments_(arguments), lines_(context, arguments.numbers) {
    if (arguments.since) last_ = Seq{*arguments.since};
  }

  // Until the connection ends; the error says why.
  Error follow() {
    auto client = connect(context_);
    if (!client) return client.error();
    if (!room_) {
      const auto room = find_room(**client, arguments_.room);
      if (!room) return room.error();
      room_ = room->id;  // the same when the connection comes back, however rooms are called by then
    }
    // Events that come while the past is read wait in the client, and are dropped where the past had them.
    if (auto read = last_ ? read_since(**client, *room_) : read_newest(**client, *room_); !read)
      return read.error();
    attempt_ = 0;
    has_followed_ = true;
    for (;;) {
      auto event = (*client)->next_event(std::chrono::hours{1});
      if (!event) return event.error();
      if (!*event) continue;
      if (auto told = tell(**client, *room_, **event); !told) return told.error();
    }
  }

  bool has_followed() const { return has_followed_; }

  milliseconds wait() {
    return link::reconnect_wait(milliseconds{500}, milliseconds{4000}, milliseconds{60'000}, attempt_++,
                                [](std::uint32_t bound) { return random_below(bound); });
  }

 private:
  Result<void> tell(link::BlockingClient& client, RoomId room, const protocol::Incoming& event) {
    if (event.method == protocol::MessagePosted::kName) {
      const auto posted = protocol::decode<protocol::MessagePosted>(event.body, "params");
      if (!posted) return posted.error();
      if (posted->room != room || posted->seq <= *last_) return ok();
      last_ = posted->seq;
      lines_.print(client, {.seq = posted->seq,
                            .at = posted->at,
                            .author = posted->author,
                            .text = posted->text,
                            .files = posted->files});
      return ok();
    }
    const auto position = MessageLines::find_position(event);
    if (!position || position->room != room || position->seq <= *last_) return ok();
    last_ = position->seq;
    return lines_.print_event(client, event);
  }

  Result<void> read_newest(link::BlockingClient& client, RoomId room) {
    const auto page = client.call<protocol::MessageHistory>({room, {}, {}, {}, kFirstMessages});
    if (!page) return page.error();
    lines_.add_people(page->users);
    for (const auto& message : page->messages) lines_.print(client, message);
    last_ = page->seq;
    return ok();
  }

  // What was posted or changed meanwhile, in the order of the changes.
  Result<void> read_since(link::BlockingClient& client, RoomId room) {
    const Seq seen = *last_;
    for (;;) {
      const auto page = client.call<protocol::MessageChanges>({room, *last_, protocol::kMaxPage});
      if (!page) return page.error();
      lines_.add_people(page->users);
      for (const auto& message : page->messages)
        message.seq > seen ? lines_.print(client, message) : lines_.print_changed(client, message);
      last_ = page->seq;
      if (!page->more) return ok();
    }
  }

  const Context& context_;
  const TailArguments& arguments_;
  MessageLines lines_;
  std::optional<RoomId> room_;
  std::optional<Seq> last_;
  unsigned attempt_ = 0;
  bool has_followed_ = false;
};

}  // namespace

Result<void> tail(const Context& context, const TailArguments& arguments) {
  Tail tail(context, arguments);
  for (;;) {
    const Error error = tail.follow();
    // A first attempt that fails is the person's to repair.
    if (!tail.has_followed() || !is_passing(error)) return error;
    const auto wait = tail.wait();
    context.err << error.message << " Trying again in " << (wait.count() + 999) / 1000 << " s.\n";
    std::this_thread::sleep_for(wait);
  }
}

}  // namespace wardroom::ctl
