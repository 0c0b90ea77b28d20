#pragma once

#include <filesystem>
#include <string>

#include "ctl/commands/context.hpp"

// People from a CSV file. An error is a sentence for the person who typed.
namespace wardroom::ctl {

struct PeopleImportArguments {
  std::filesystem::path file;
  std::filesystem::path
      sheet;  // where the invites go; .html for a page to print, .csv or .json for a mail merge, else text
  std::int64_t import = 0;
  std::string reason;
  bool dry_run = false;
  bool skip_errors = false;
  bool csv = false;
};
Result<void> user_import(const Context& context, const PeopleImportArguments& arguments);
Result<void> user_import_sheet(const Context& context, const PeopleImportArguments& arguments);
Result<void> user_import_undo(const Context& context, const PeopleImportArguments& arguments);
Result<void> user_imports(const Context& context, const PeopleImportArguments& arguments);

}  // namespace wardroom::ctl
