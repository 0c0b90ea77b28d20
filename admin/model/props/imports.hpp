#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"
#include "common/base/strong.hpp"

namespace wardroom::admin {

// Where the import of a file stands.
enum class ImportStage { choose, uploading, tried, done };

struct ImportErrorRow {
  std::string line;
  std::string column;
  std::string field;
  std::string message;
};

struct ImportRow {
  ImportId id;
  std::string at;      // "today 09:14"
  std::string by;      // "Ines Duarte"
  std::string people;  // "214"
  std::string here;    // how many have used their invite: "180"
  bool undone = false;
};

// The columns of both lists, as their titles stand.
enum class ImportErrorsColumn { line, column, field, message };
enum class ImportsColumn { at, by, people, here, state };

struct ImportsProps {
  ImportStage stage = ImportStage::choose;
  std::string path;   // of the file; pre-fills the field
  std::string error;  // what stands in the way: a sentence
  bool busy = false;
  std::string progress;  // "Uploading: 96 of 214 KiB"
  float part = 0;        // of the upload, 0 to 1

  std::string summary;       // what the file would do: "200 people, in 412 rooms …"
  std::int64_t good = 0;     // rows that can be carried out
  std::int64_t bad = 0;      // rows with an error
  std::string errors_title;  // "14 errors, the first 10 are shown"
  std::vector<ImportErrorRow> errors;
  std::optional<ListSort> error_sort{};  // nothing: only the first are here, as they stand in the file

  std::string sheet_path;   // pre-fills the field
  std::string sheet_saved;  // where the sheet is now; empty: not saved yet
  std::string undo_result;  // "198 accounts were removed. 2 stay: …"

  std::vector<ImportRow> earlier;
  ListSort earlier_sort{};
  ImportId selected;  // of the earlier ones, or the one that is done
};

}  // namespace wardroom::admin
