#include <algorithm>

#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/files.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

// A message's files aren't parted: where the page ends within them, they begin the next one.
Result<FileList::Result> list_files(ReadContext& context, const FileList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  constexpr auto kWhole = static_cast<std::int64_t>(kMaxFiles);
  auto rows = store::load_room_files(context.db, params.room, entry->standing.shown_after,
                                     params.before.value_or(Seq{INT64_MAX}), std::max(*limit, kWhole) + 1);
  FileList::Result result;
  if (static_cast<std::int64_t>(rows.size()) > std::max(*limit, kWhole)) {
    result.more = true;
    const Seq parted = rows.back().seq;
    while (!rows.empty() && rows.back().seq == parted) rows.pop_back();
  }
  std::vector<UserId> authors;
  for (auto& row : rows) {
    authors.push_back(row.author);
    result.files.push_back({row.seq, row.at, row.author, std::move(row.file)});
  }
  std::sort(authors.begin(), authors.end());
  authors.erase(std::unique(authors.begin(), authors.end()), authors.end());
  result.users = store::load_users(context.db, authors);
  return result;
}

}  // namespace wardroom::commands
