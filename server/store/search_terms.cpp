#include "server/store/search_terms.hpp"

#include <algorithm>

#include "common/text/search_text.hpp"
#include "protocol/commitment.hpp"
#include "server/domain/search_match.hpp"
#include "server/store/search_index.hpp"

namespace wardroom::store {
namespace {

using std::chrono::year_month;

year_month month_of(TimePoint at) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
  return day.year() / day.month();
}

std::string year_term(int year) {
  return "__y" + std::to_string(year);
}

std::string month_term(year_month month) {
  const unsigned number = static_cast<unsigned>(month.month());
  return "__m" + std::to_string(static_cast<int>(month.year())) + (number < 10 ? "0" : "") +
         std::to_string(number);
}

constexpr sqlite::SqlPiece kSelectDoc =
    sqlite::SqlPiece(
        "SELECT id, room_id, author_id, at, (pinned IS NOT NULL) + 2 * (changed IS NOT NULL AND"
        " EXISTS (SELECT 1 FROM reactions r WHERE r.room_id = m.room_id AND r.seq = m.seq))"
        " + 4 * (edited_at IS NOT NULL) + 8 * ") +
    kHasImage + ", text, deleted <> 0 OR erased <> 0, files FROM messages m WHERE ";

// Nothing: it isn't shown any more.
std::optional<DocRow> read_shown(const sqlite::Cursor& row) {
  if (row.get<bool>(6)) return std::nullopt;
  return DocRow{row.get<std::int64_t>(0), row.get<RoomId>(1),       row.get<UserId>(2),
                row.get<TimePoint>(3),    row.get<std::int64_t>(4), row.get<std::string>(5),
                row.get<std::string>(7)};
}

}  // namespace

std::vector<std::string> file_names(std::string_view files) {
  std::vector<std::string> names;
  if (auto carried = protocol::parse_files(files))
    for (auto& file : *carried) names.push_back(std::move(file.name));
  return names;
}

std::optional<DocRow> load_doc(sqlite::Connection& database, std::int64_t id) {
  static constexpr auto kById = kSelectDoc + "id = ?";
  auto row = database.query(kById, id);
  return row.step() ? read_shown(row) : std::nullopt;
}

void for_each_doc(sqlite::Connection& database, std::int64_t after, std::int64_t limit,
                  const std::function<void(std::int64_t id, const std::optional<DocRow>&)>& look) {
  static constexpr auto kAfter = kSelectDoc + "id > ? ORDER BY id LIMIT ?";
  auto row = database.query(kAfter, after, limit);
  while (row.step()) look(row.get<std::int64_t>(0), read_shown(row));
}

std::string room_term(RoomId room) {
  return "__r" + std::to_string(room.value);
}

std::string author_term(UserId author) {
  return "__u" + std::to_string(author.value);
}

std::vector<std::string> time_terms(std::optional<TimePoint> from, std::optional<TimePoint> to,
                                    TimePoint now) {
  constexpr std::size_t kMost = 100;
  const year_month first = month_of(from ? *from : TimePoint{});
  const year_month last = month_of(to ? *to - std::chrono::milliseconds{1} : now + std::chrono::days{1});
  std::vector<std::string> terms;
  for (year_month month = first; month <= last && terms.size() < kMost;) {
    const bool whole = month.month() == std::chrono::January && month.year() < last.year();
    terms.push_back(whole ? year_term(static_cast<int>(month.year())) : month_term(month));
    month += whole ? std::chrono::months{12} : std::chrono::months{1};
  }
  if (terms.size() == kMost) terms.clear();
  return terms;
}

std::string terms_line(const DocRow& doc) {
  std::string line;
  for (const auto& term : text::search_terms(doc.text)) line += term + ' ';
  for (const auto& name : file_names(doc.files))
    for (const auto& term : text::search_terms(name)) line += term + ' ';
  const year_month month = month_of(doc.at);
  line += room_term(doc.room) + ' ' + author_term(doc.author) + ' ' +
          year_term(static_cast<int>(month.year())) + ' ' + month_term(month);
  const auto add = [&](bool is_set, const char* term) {
    if (is_set) line += std::string(" ") + term;
  };
  add(domain::has_link(doc.text), kLinkTerm);
  add(doc.flags & DocRow::kPinned, kPinTerm);
  add(doc.flags & DocRow::kReacted, kReactionTerm);
  add(doc.flags & DocRow::kEdited, kEditedTerm);
  add(!doc.files.empty(), kFileTerm);
  add(doc.flags & DocRow::kImage, kImageTerm);
  return line;
}

}  // namespace wardroom::store
