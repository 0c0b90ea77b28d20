#include <utility>

#include "admin/model/select_console.hpp"
#include "admin/model/sorting.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

std::string kib(std::size_t bytes) {
  return grouped(static_cast<std::int64_t>((bytes + 1023) / 1024));
}

std::string progress_of(const ImportsState& imports) {
  if (!imports.busy) return "";
  switch (imports.stage) {
    case ImportStage::choose:
      return "Reading the file…";
    case ImportStage::uploading:
      if (imports.contents.empty()) return "The server reads the list…";
      return "Uploading: " + kib(imports.sent) + " of " + kib(imports.contents.size()) + " KiB";
    case ImportStage::tried:
      return "Creating the accounts…";
    case ImportStage::done:
      break;
  }
  return imports.sheet.empty()
             ? "Making the invites…"
             : "Making the invites: " + grouped(static_cast<std::int64_t>(imports.sheet.size())) + " so far";
}

std::string summary_of(const protocol::AdminUserImport::Result& tried) {
  std::string text = counted(tried.rows, "row") + ", read as " + tried.encoding + ". ";
  text += tried.done ? counted(tried.created, "account") + (tried.created == 1 ? " was" : " were") + " made"
                     : counted(tried.created, "account") + " can be made";
  if (tried.memberships > 0) text += ", with " + counted(tried.memberships, "membership") + " in rooms";
  text += ".";
  if (tried.skipped > 0) text += " " + counted(tried.skipped, "row") + " left out.";
  return text;
}

std::string errors_title(const protocol::AdminUserImport::Result& tried) {
  if (tried.errors_total == 0) return "";
  std::string text = counted(tried.errors_total, "error");
  const auto shown = static_cast<std::int64_t>(tried.errors.size());
  if (shown < tried.errors_total) text += ", the first " + grouped(shown) + " are shown";
  return text;
}

ImportRow row_of(const State& state, const protocol::AdminUserImportList::Entry& entry) {
  return {entry.import,
          past_text(state.zone, entry.at, state.wall),
          entry.by.display_name,
          grouped(entry.accounts),
          grouped(entry.signed_in),
          entry.undone};
}

OrderKey import_key(const protocol::AdminUserImportList::Entry& entry, std::size_t column) {
  switch (static_cast<ImportsColumn>(column)) {
    case ImportsColumn::at:
      return time_key(entry.at);
    case ImportsColumn::by:
      return words_key(entry.by.display_name);
    case ImportsColumn::people:
      return {"", entry.accounts};
    case ImportsColumn::here:
      return {"", entry.signed_in};
    case ImportsColumn::state:
      return {"", entry.undone ? 1 : 0};
  }
  return {};
}

OrderKey error_key(const protocol::ImportError& error, std::size_t column) {
  switch (static_cast<ImportErrorsColumn>(column)) {
    case ImportErrorsColumn::line:
      return {"", error.line};
    case ImportErrorsColumn::column:
      return {"", error.column};
    case ImportErrorsColumn::field:
      return words_key(error.field);
    case ImportErrorsColumn::message:
      return words_key(error.message);
  }
  return {};
}

}  // namespace

ImportsProps select_imports(const State& state) {
  const auto& imports = state.imports;
  ImportsProps props;
  props.stage = imports.stage;
  props.path = imports.path;
  props.error = imports.error;
  props.busy = imports.busy;
  props.progress = progress_of(imports);
  if (!imports.contents.empty())
    props.part = static_cast<float>(imports.sent) / static_cast<float>(imports.contents.size());
  const auto& tried = imports.tried;
  if (imports.stage == ImportStage::tried || imports.stage == ImportStage::done) {
    props.summary = summary_of(tried);
    props.good = tried.created;
    props.bad = tried.rows - tried.created;
    props.errors_title = errors_title(tried);
    // The first errors of many stay as they stand in the file.
    if (std::cmp_equal(tried.errors.size(), tried.errors_total))
      props.error_sort = sort_of(state, ListName::import_errors);
    auto places = places_in_order(tried.errors, false, [](const auto&) { return OrderKey{}; });
    if (props.error_sort) places = shown_places(state, ListName::import_errors, tried.errors, error_key);
    for (const std::size_t at : places) {
      const auto& error = tried.errors[at];
      props.errors.push_back({grouped(error.line), grouped(error.column), error.field, error.message});
    }
  }
  props.sheet_path = imports.sheet_path;
  props.sheet_saved = imports.sheet_saved;
  props.undo_result = imports.undo_result;
  props.earlier_sort = sort_of(state, ListName::imports);
  for (const std::size_t at : shown_places(state, ListName::imports, imports.earlier, import_key))
    props.earlier.push_back(row_of(state, imports.earlier[at]));
  props.selected = imports.selected;
  return props;
}

}  // namespace wardroom::admin
