#include "admin/model/imports.hpp"

#include <algorithm>

#include "admin/model/pages.hpp"
#include "admin/model/words.hpp"
#include "common/base/bytes.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::admin {
namespace {

// In base64 48 KiB, so that a request stays under the server's 64 KiB.
constexpr std::size_t kPiece = 36 * 1024;
constexpr std::int64_t kSheetPage = 200;

// As a person pastes it: with quotes around it, or as a file's address.
std::string plain_path(std::string path) {
  const auto outer = [](char c) { return c == ' ' || c == '"' || c == '\'' || c == '\n'; };
  while (!path.empty() && outer(path.back())) path.pop_back();
  while (!path.empty() && outer(path.front())) path.erase(0, 1);
  if (path.starts_with("file://")) path.erase(0, 7);
  return path;
}

// Beside the list, so that it is found again.
std::string sheet_path_for(const std::string& path) {
  const auto folder = path.find_last_of("/\\");
  const auto dot = path.find_last_of('.');
  const bool has_end = dot != std::string::npos && (folder == std::string::npos || dot > folder);
  return (has_end ? path.substr(0, dot) : path) + "-invites.html";
}

void stop(Turn& turn, std::string why) {
  auto& imports = turn.state.imports;
  imports.busy = false;
  imports.retry_at.reset();
  imports.error = std::move(why);
  if (imports.stage != ImportStage::uploading) return;
  imports.stage = ImportStage::choose;
  imports.contents.clear();
}

void upload_piece(Turn& turn) {
  auto& imports = turn.state.imports;
  const auto piece = std::string_view(imports.contents).substr(imports.sent, kPiece);
  turn.call<protocol::AdminUserImportUpload>(
      {imports.id, to_base64url(as_bytes(piece)), protocol::CsvForm::base64url});
}

void ask_for_sheet(Turn& turn) {
  auto& imports = turn.state.imports;
  std::optional<UserId> after;
  if (!imports.sheet.empty()) after = imports.sheet.back().user.id;
  turn.call<protocol::AdminUserImportSheet>({imports.selected, after, kSheetPage});
}

// Too many requests at once is no failure: it goes on after the pause.
bool is_pause(Turn& turn, const Error& error, bool of_sheet) {
  if (error.code != ErrorCode::rate_limited) return false;
  auto& imports = turn.state.imports;
  imports.wants_sheet = of_sheet;
  imports.retry_at = turn.state.now + std::max(error.retry_after, std::chrono::milliseconds{100});
  return true;
}

void begin_file(ImportsState& imports) {
  ImportsState fresh;
  fresh.earlier = std::move(imports.earlier);
  imports = std::move(fresh);
}

}  // namespace

void load_imports(Turn& turn) {
  turn.call<protocol::AdminUserImportList>({});
}

void interrupt_import(Turn& turn) {
  if (turn.state.imports.busy)
    stop(turn, "The connection was lost. Look at the list of imports before you begin again.");
}

void resume_import_when_due(Turn& turn) {
  auto& imports = turn.state.imports;
  if (!imports.retry_at || *imports.retry_at > turn.state.now) return;
  imports.retry_at.reset();
  if (imports.wants_sheet)
    ask_for_sheet(turn);
  else
    upload_piece(turn);
}

void take_undone(Turn& turn, const protocol::AdminUserImportUndo::Result& result) {
  auto& imports = turn.state.imports;
  imports.undo_result =
      result.removed == 1 ? "1 account was removed." : grouped(result.removed) + " accounts were removed.";
  if (!result.kept.empty()) imports.undo_result += " In use and kept: ";
  for (std::size_t i = 0; i < result.kept.size() && i < 5; ++i)
    imports.undo_result += (i > 0 ? ", " : "") + result.kept[i].display_name;
  if (result.kept.size() > 5)
    imports.undo_result += " and " + grouped(static_cast<std::int64_t>(result.kept.size()) - 5) + " more";
  if (!result.kept.empty()) imports.undo_result += ".";
  load_imports(turn);
}

void fold(Turn& turn, const ChooseImportFile& action) {
  auto& imports = turn.state.imports;
  if (imports.busy) return;
  begin_file(imports);
  imports.path = plain_path(action.path);
  if (imports.path.empty()) return stop(turn, "Type where the file is, or drop it on this window.");
  if (!turn.state.online()) return stop(turn, "There is no connection to the server now.");
  imports.busy = true;
  turn.effect(ReadFile{imports.path});
}

void fold(Turn& turn, const FileDropped& event) {
  if (turn.state.duty != Duty::none || !may_open(turn.state, Page::imports)) return;
  fold(turn, OpenPage{Page::imports});
  fold(turn, ChooseImportFile{event.path});
}

void fold(Turn& turn, const FileRead& event) {
  auto& imports = turn.state.imports;
  if (!imports.busy || imports.stage != ImportStage::choose || imports.path != event.path) return;
  if (!event.contents) return stop(turn, event.contents.error().message);
  if (event.contents->empty()) return stop(turn, "The file is empty.");
  if (!turn.state.online()) return stop(turn, "There is no connection to the server now.");
  imports.contents = *event.contents;
  imports.stage = ImportStage::uploading;
  upload_piece(turn);
}

void fold(Turn& turn, const StartImport& action) {
  auto& imports = turn.state.imports;
  if (imports.busy || imports.stage != ImportStage::tried || !imports.id) return;
  imports.error.clear();
  if (!turn.call<protocol::AdminUserImport>({*imports.id, {}, action.skip_errors}))
    return stop(turn, "There is no connection to the server now. Nothing was changed.");
  imports.busy = true;
}

void fold(Turn& turn, const ForgetImport&) {
  if (!turn.state.imports.busy) begin_file(turn.state.imports);
}

void fold(Turn& turn, const SelectImport& action) {
  auto& imports = turn.state.imports;
  if (imports.busy || imports.selected == action.import) return;
  imports.selected = action.import;
  imports.sheet_saved.clear();
  imports.undo_result.clear();
  imports.error.clear();
  imports.sheet_path = "~/wardroom-invites-" + std::to_string(action.import.value) + ".html";
}

void fold(Turn& turn, const SaveSheet& action) {
  auto& imports = turn.state.imports;
  if (imports.busy || !imports.selected.is_set()) return;
  imports.sheet_path = plain_path(action.path);
  imports.error.clear();
  imports.sheet_saved.clear();
  if (imports.sheet_path.empty()) return stop(turn, "Type where the sheet is to be saved.");
  if (!turn.state.online()) return stop(turn, "There is no connection to the server now.");
  imports.busy = true;
  imports.sheet.clear();
  ask_for_sheet(turn);
}

void fold(Turn& turn, const SheetSaved& event) {
  auto& imports = turn.state.imports;
  if (!event.saved) return stop(turn, event.saved.error().message);
  imports.busy = false;
  imports.sheet_saved = event.path;
}

void fold(Turn& turn, const Answer<protocol::AdminUserImportUpload>& answer) {
  auto& imports = turn.state.imports;
  if (imports.stage != ImportStage::uploading || answer.params.import != imports.id) return;
  if (!answer.result) {
    if (is_pause(turn, answer.result.error(), false)) return;
    return stop(turn, answer.result.error().message);
  }
  imports.id = answer.result->import;
  imports.sent = std::min(imports.sent + kPiece, imports.contents.size());
  if (imports.sent < imports.contents.size()) return upload_piece(turn);
  imports.contents.clear();
  imports.contents.shrink_to_fit();
  turn.call<protocol::AdminUserImport>({*imports.id, true, {}});
}

void fold(Turn& turn, const Answer<protocol::AdminUserImport>& answer) {
  auto& imports = turn.state.imports;
  if (!imports.id || answer.params.import != *imports.id) return;
  if (!answer.result) return stop(turn, answer.result.error().message);
  imports.busy = false;
  imports.tried = *answer.result;
  imports.stage = imports.tried.done ? ImportStage::done : ImportStage::tried;
  if (!imports.tried.done) {
    if (!answer.params.dry_run)
      imports.error = "Nothing was changed: rows have become wrong since the file was tried.";
    return;
  }
  imports.selected = *imports.id;
  imports.sheet_path = sheet_path_for(imports.path);
  load_imports(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserImportSheet>& answer) {
  State& state = turn.state;
  auto& imports = state.imports;
  if (!imports.busy || answer.params.import != imports.selected) return;
  if (!answer.result) {
    if (is_pause(turn, answer.result.error(), true)) return;
    imports.sheet.clear();
    return stop(turn, answer.result.error().message);
  }
  auto& sheet = imports.sheet;
  sheet.insert(sheet.end(), answer.result->entries.begin(), answer.result->entries.end());
  if (answer.result->more && !answer.result->entries.empty()) return ask_for_sheet(turn);
  if (sheet.empty()) return stop(turn, "Everybody of this import has used their invite.");
  const std::string server = to_string(*state.server);
  turn.effect(WriteSheet{imports.sheet_path, server, std::move(sheet), state.zone});
  sheet.clear();
}

void fold(Turn& turn, const Answer<protocol::AdminUserImportList>& answer) {
  auto& imports = turn.state.imports;
  if (answer.result)
    imports.earlier = answer.result->imports;
  else if (turn.state.online())
    show_toast(turn, answer.result.error().message);
}

}  // namespace wardroom::admin
