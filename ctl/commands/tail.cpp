#include <algorithm>
#include <ostream>
#include <thread>

#include "common/base/random.hpp"
#include "common/link/reconnect_wait.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_room.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/table.hpp"
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
  Tail(const Context& context, const TailArguments& arguments) : context_(context), arguments_(arguments) {
    if (arguments.since) last_ = Seq{*arguments.since};
  }

  // Until the connection ends; the error says why.
  Error follow() {
    auto client = connect(context_);
    if (!client) return client.error();
    const auto room = find_room(**client, arguments_.room);
    if (!room) return room.error();
    // Events that come while the past is read wait in the client, and are dropped where the past had them.
    if (auto read = last_ ? read_since(**client, room->id) : read_newest(**client, room->id); !read)
      return read.error();
    attempt_ = 0;
    has_followed_ = true;
    for (;;) {
      auto event = (*client)->next_event(std::chrono::hours{1});
      if (!event) return event.error();
      if (!*event || (*event)->method != protocol::MessagePosted::kName) continue;
      const auto posted = protocol::decode<protocol::MessagePosted>((*event)->body, "params");
      if (!posted) return posted.error();
      if (posted->room != room->id || posted->seq <= *last_) continue;
      print(**client, {.seq = posted->seq, .at = posted->at, .author = posted->author, .text = posted->text});
    }
  }

  bool has_followed() const { return has_followed_; }

  milliseconds wait() {
    return link::reconnect_wait(milliseconds{500}, milliseconds{4000}, milliseconds{60'000}, attempt_++,
                                [](std::uint32_t bound) { return random_below(bound); });
  }

 private:
  Result<void> read_newest(link::BlockingClient& client, RoomId room) {
    const auto page = client.call<protocol::MessageHistory>({room, {}, {}, {}, kFirstMessages});
    if (!page) return page.error();
    people_.add(page->users);
    last_ = Seq{0};
    for (const auto& message : page->messages) print(client, message);
    last_ = std::max(*last_, page->seq);
    return ok();
  }

  Result<void> read_since(link::BlockingClient& client, RoomId room) {
    for (;;) {
      const auto page = client.call<protocol::MessageHistory>({room, {}, *last_, {}, protocol::kMaxPage});
      if (!page) return page.error();
      people_.add(page->users);
      for (const auto& message : page->messages) print(client, message);
      if (!page->more.after || page->messages.empty()) {
        last_ = std::max(*last_, page->seq);
        return ok();
      }
    }
  }

  void print(link::BlockingClient& client, const protocol::Message& message) {
    last_ = message.seq;
    if (message.deleted.value_or(false)) return;
    if (context_.json) {
      context_.out << protocol::encode(message) << std::endl;
      return;
    }
    const auto& author = people_.find(client, message.author);
    std::string text = message.text;
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 5)
      text.replace(at, 1, "\n    ");
    const bool is_action = text.starts_with("/me ");
    context_.out << local_minute(message.at) << (is_action ? " * " : " <") << People::nick_of(author)
                 << (is_action ? " " : "> ") << (is_action ? text.substr(4) : text) << std::endl;
  }

  const Context& context_;
  const TailArguments& arguments_;
  People people_;
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
