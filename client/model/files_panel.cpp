#include "client/model/files_panel.hpp"

#include "client/model/file_kinds.hpp"
#include "client/model/people.hpp"
#include "client/model/room_name.hpp"
#include "client/model/thread.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

using protocol::FileList;

// So many are looked through for what the person wants; a room with more says so.
constexpr std::size_t kMostFiles = 5'000;

bool is_narrowed(const FilesState& files) {
  return !files.query.empty() || files.filter != FileFilter::all;
}

void ask_files(Turn& turn, std::optional<Seq> before) {
  auto& files = turn.state.files;
  files.loading = turn.call<FileList>({files.room, before, static_cast<std::int64_t>(protocol::kMaxPage)});
  files.error = files.loading ? "" : tr("You're offline. The files are shown when the connection is back.");
}

// A page alone would say that there is nothing of what is further back.
void look_further(Turn& turn) {
  auto& files = turn.state.files;
  if (!files.shown || files.loading || !files.more || !is_narrowed(files)) return;
  if (files.files.size() >= kMostFiles || files.files.empty()) return;
  ask_files(turn, files.files.back().seq);
}

void begin_list(Turn& turn, RoomId room) {
  auto& files = turn.state.files;
  files.room = room;
  files.files.clear();
  files.loaded = files.more = false;
  ask_files(turn, std::nullopt);
}

bool fits_filter(FileFilter filter, const protocol::File& file) {
  switch (filter) {
    case FileFilter::all:
      return true;
    case FileFilter::pictures:
      return group_of(file) == FileGroup::picture;
    case FileFilter::documents:
      return group_of(file) == FileGroup::document;
    case FileFilter::sound_and_films:
      return group_of(file) == FileGroup::sound_or_film;
    case FileFilter::others:
      return group_of(file) == FileGroup::other;
  }
  return true;
}

bool fits_query(const State& state, const std::string& query, const protocol::RoomFile& row) {
  if (query.empty()) return true;
  if (folded(row.file.name).find(query) != std::string::npos) return true;
  const auto person = state.people.find(row.author);
  if (person == state.people.end()) return false;
  return folded(person->second.user.display_name).find(query) != std::string::npos ||
         folded(person->second.user.name).find(query) != std::string::npos;
}

std::string files_note(const FilesState& files, bool none) {
  if (!files.loaded || files.loading) return {};
  if (files.more && is_narrowed(files))
    return tr("Only the newest {0} files were looked through.",
              desk::grouped(static_cast<std::int64_t>(files.files.size())));
  if (!none) return {};
  return is_narrowed(files) ? tr("No files match.") : tr("Nobody has sent a file here yet.");
}

}  // namespace

void load_shown_files(Turn& turn) {
  State& state = turn.state;
  if (!state.files.shown || !state.find_open_room()) return;
  if (state.files.room == state.open_room && (state.files.loaded || state.files.loading)) return;
  begin_list(turn, state.open_room);
}

void files_changed(Turn& turn, RoomId room) {
  auto& files = turn.state.files;
  if (files.room != room) return;
  files.loaded = false;
  if (files.shown && turn.state.online()) begin_list(turn, room);
}

void fold(Turn& turn, const ToggleFiles&) {
  turn.state.files.shown = leave_threads(turn) || !turn.state.files.shown;
  turn.state.pins_shown = false;
  load_shown_files(turn);
}

void fold(Turn& turn, const FilterFiles& action) {
  auto& files = turn.state.files;
  files.query = action.query;
  files.filter = action.filter;
  look_further(turn);
}

void fold(Turn& turn, const MoreFiles&) {
  auto& files = turn.state.files;
  if (!files.loading && files.more && !files.files.empty()) ask_files(turn, files.files.back().seq);
}

void fold(Turn& turn, const Answer<FileList>& answer) {
  auto& files = turn.state.files;
  const std::optional<Seq> reached =
      files.files.empty() ? std::nullopt : std::optional(files.files.back().seq);
  // Of another room, or of a list that was begun anew since.
  if (answer.params.room != files.room || answer.params.before != reached) return;
  files.loading = false;
  if (!answer.result) {
    files.error = answer.result.error().message;
    return;
  }
  files.error.clear();
  files.loaded = true;
  files.files.insert(files.files.end(), answer.result->files.begin(), answer.result->files.end());
  files.more = answer.result->more;
  learn_people(turn, answer.result->users);
  look_further(turn);
}

FileCard card_of(const protocol::File& file) {
  return {file.id,
          file.name,
          kind_words(file) + " \xC2\xB7 " + size_words(file.size),
          is_shown_inline(file),
          false,
          why_only_saved(file)};
}

FilesProps select_files(const State& state) {
  const auto& files = state.files;
  FilesProps props;
  props.room = state.open_room;
  props.query = files.query;
  props.filter = files.filter;
  props.loading = files.loading;
  props.error = files.error;
  props.more = files.more && !is_narrowed(files);
  const std::string query = folded(files.query);
  if (files.room == state.open_room)
    for (const auto& row : files.files)
      if (fits_filter(files.filter, row.file) && fits_query(state, query, row))
        props.rows.push_back({row.seq, card_of(row.file), person_name(state, row.author),
                              desk::past_text(state.zone, row.at, state.wall)});
  props.note = files_note(files, props.rows.empty());
  return props;
}

}  // namespace wardroom::client
