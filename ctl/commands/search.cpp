#include <ostream>

#include "common/base/local_time.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/lines.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/shown_rooms.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

using protocol::MessageSearch;

// How far this machine's clock is ahead of UTC now: it says when a day begins.
std::int64_t utc_offset_minutes() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return utc_offset(now).count();
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// A file's name may be what fitted.
std::string names_found_with(const protocol::Message& message) {
  std::string names;
  if (message.files)
    for (const auto& file : *message.files)
      names += (message.text.empty() && names.empty() ? "[" : " [") + file.name + "]";
  return names;
}

class Hits {
 public:
  Hits(const Context& context, link::BlockingClient& client) : context_(context), client_(client) {}

  Result<void> print(const MessageSearch::Result& page) {
    if (auto loaded = rooms_.load(client_); !loaded) return loaded;
    people_.add(page.users);
    for (const auto& hit : page.hits)
      context_.out << local_minute(hit.message.at) << " " << rooms_.name(hit.room) << " "
                   << hit.message.seq.value << " <"
                   << People::nick_of(people_.find(client_, hit.message.author)) << "> "
                   << set_in(hit.message.text) << names_found_with(hit.message) << "\n";
    return ok();
  }

 private:
  const Context& context_;
  link::BlockingClient& client_;
  ShownRooms rooms_;
  People people_;
};

// What the person has to know about the answer, where it doesn't disturb what is read by a program.
void print_notes(const Context& context, const MessageSearch::Result& page) {
  if (page.miss) context.err << page.miss->message << "\n";
  if (page.within_words.value_or(false))
    context.err << "No exact matches. These have it within longer words.\n";
  if (page.incomplete.value_or(false))
    context.err << "The server is still building its index. There may be more results later.\n";
  if (page.cut_off.value_or(false) && !page.miss)
    context.err
        << "The search took too long and was stopped. Narrow it down to a room, a person or a time.\n";
}

Result<void> name_room(link::BlockingClient& client, const SearchArguments& arguments,
                       MessageSearch::Params& params) {
  if (arguments.room.empty()) return ok();
  if (!arguments.reason.empty()) {
    const auto room = find_any_room(client, arguments.room);
    if (!room) return room.error();
    params.room = room->id;
    return ok();
  }
  const auto room = find_room(client, arguments.room);
  if (!room) return room.error();
  params.room = room->id;
  return ok();
}

Result<MessageSearch::Result> ask_page(link::BlockingClient& client, const MessageSearch::Params& params,
                                       const std::string& reason) {
  if (reason.empty()) return client.call<MessageSearch>(params);
  return client.call<protocol::AdminSearchPrivateRooms>({params.query, reason, params.room, params.beyond,
                                                         params.limit, params.order, params.within_words,
                                                         params.utc_offset_min});
}

}  // namespace

Result<void> search(const Context& context, const SearchArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  MessageSearch::Params params;
  params.query = join(arguments.words);
  params.utc_offset_min = utc_offset_minutes();
  if (arguments.oldest) params.order = MessageSearch::Order::oldest;
  if (auto named = name_room(**client, arguments, params); !named) return named;
  Hits hits(context, **client);
  for (std::int64_t left = arguments.limit; left > 0;) {
    params.limit = std::min(left, static_cast<std::int64_t>(protocol::kMaxPage));
    const auto page = ask_page(**client, params, arguments.reason);
    if (!page) return page.error();
    if (context.json)
      context.out << protocol::encode(*page) << "\n";
    else if (auto printed = hits.print(*page); !printed)
      return printed;
    if (!context.json) print_notes(context, *page);
    left -= static_cast<std::int64_t>(page->hits.size());
    if (!page->more || page->hits.empty()) break;
    params.beyond = protocol::SearchPlace{page->hits.back().room, page->hits.back().message.seq};
    if (page->within_words) params.within_words = page->within_words;
  }
  return ok();
}

}  // namespace wardroom::ctl
