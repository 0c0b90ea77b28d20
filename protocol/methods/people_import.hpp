#pragma once

#include "protocol/methods/session.hpp"

// People from a CSV file. The file travels in pieces, because it is larger than a request; then it is tried,
// carried out, printed as invites, and perhaps undone.
namespace wardroom::protocol {

// How a piece of the file stands in `csv`: as text, or as base64url of its bytes, whatever their encoding.
enum class CsvForm { text, base64url };
BOOST_DESCRIBE_ENUM(CsvForm, text, base64url)

struct AdminUserImportUpload {
  static constexpr std::string_view kName = "admin.user_import_upload";
  static constexpr std::string_view kSummary =
      "Takes the next piece of a CSV file of people: a header line with name, display name, e-mail, role, "
      "rooms in any order, or as Active Directory, Entra and Microsoft 365 call them, also in German. At "
      "most 8 MiB in all; an upload that isn't carried out is forgotten after a day.";
  struct Params {
    std::optional<ImportId> import;  // none: begins one
    std::string csv;
    std::optional<CsvForm> form;  // text when left out
  };
  struct Result {
    ImportId import;
    std::int64_t bytes = 0;  // so far
  };
};
BOOST_DESCRIBE_STRUCT(AdminUserImportUpload::Params, (), (import, csv, form))
BOOST_DESCRIBE_STRUCT(AdminUserImportUpload::Result, (), (import, bytes))

// Why a row can't be carried out. Lines and columns as an editor counts them, from 1.
struct ImportError {
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::string field;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(ImportError, (), (line, column, field, message))

// How a column of the file was read: as name, display name, e-mail, role, rooms, given name, surname,
// enabled, blocked.
struct ImportColumn {
  std::string header;
  std::string read_as;  // empty: not read
};
BOOST_DESCRIBE_STRUCT(ImportColumn, (), (header, read_as))

struct AdminUserImport {
  static constexpr std::string_view kName = "admin.user_import";
  static constexpr std::string_view kSummary =
      "Makes the accounts of an uploaded file. With an error in it nothing happens, unless `skip_errors` "
      "leaves out the rows that have one. `dry_run` only says what would happen.";
  struct Params {
    ImportId import;
    std::optional<bool> dry_run;
    std::optional<bool> skip_errors;
  };
  struct Result {
    std::string encoding;  // as it was read: utf-8, utf-16 or windows-1252
    std::int64_t rows = 0;
    std::int64_t created = 0;  // would be, in a dry run and when errors prevent it
    std::int64_t memberships = 0;
    std::int64_t skipped = 0;
    std::int64_t errors_total = 0;
    std::vector<ImportError> errors;  // the first hundred
    std::optional<std::vector<ImportColumn>> columns;
    bool done = false;
  };
  static constexpr std::string_view kErrors[] = {"import_done", "name_taken"};
};
BOOST_DESCRIBE_STRUCT(AdminUserImport::Params, (), (import, dry_run, skip_errors))
BOOST_DESCRIBE_STRUCT(AdminUserImport::Result, (),
                      (encoding, rows, created, memberships, skipped, errors_total, errors, columns, done))

struct AdminUserImportSheet {
  static constexpr std::string_view kName = "admin.user_import_sheet";
  static constexpr std::string_view kSummary =
      "A page of one-use invites, to print and hand out, for the people of an import who haven't used one "
      "yet. Printing again makes new ones and voids the old.";
  struct Params {
    ImportId import;
    std::optional<UserId> after;        // the last person of the page before
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when left out
  };
  struct Entry {
    User user;
    Secret invite;
    TimePoint expires_at;
    std::optional<std::string> email;  // for a mail merge
  };
  struct Result {
    std::vector<Entry> entries;
    bool more = false;
  };
};
BOOST_DESCRIBE_STRUCT(AdminUserImportSheet::Params, (), (import, after, limit))
BOOST_DESCRIBE_STRUCT(AdminUserImportSheet::Entry, (), (user, invite, expires_at, email))
BOOST_DESCRIBE_STRUCT(AdminUserImportSheet::Result, (), (entries, more))

struct AdminUserImportUndo {
  static constexpr std::string_view kName = "admin.user_import_undo";
  static constexpr std::string_view kSummary =
      "Removes the accounts of an import whose people were never here. The others stay and are named.";
  struct Params {
    ImportId import;
    std::string reason;
  };
  struct Result {
    std::int64_t removed = 0;
    std::vector<User> kept;
  };
  static constexpr std::string_view kErrors[] = {"not_done", "undone"};
};
BOOST_DESCRIBE_STRUCT(AdminUserImportUndo::Params, (), (import, reason))
BOOST_DESCRIBE_STRUCT(AdminUserImportUndo::Result, (), (removed, kept))

struct AdminUserImportList {
  static constexpr std::string_view kName = "admin.user_import_list";
  static constexpr std::string_view kSummary = "Imports that were carried out, newest first.";
  using Params = Empty;
  struct Entry {
    ImportId import;
    TimePoint at;
    User by;
    std::int64_t accounts = 0;
    std::int64_t signed_in = 0;  // whose people have used their invite
    bool undone = false;
  };
  struct Result {
    std::vector<Entry> imports;
  };
};
BOOST_DESCRIBE_STRUCT(AdminUserImportList::Entry, (), (import, at, by, accounts, signed_in, undone))
BOOST_DESCRIBE_STRUCT(AdminUserImportList::Result, (), (imports))

}  // namespace wardroom::protocol
