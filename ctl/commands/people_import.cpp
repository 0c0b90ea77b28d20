#include "ctl/commands/people_import.hpp"

#include <fstream>
#include <ostream>
#include <sstream>
#include <thread>

#include "common/base/bytes.hpp"
#include "common/base/target_file.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/people_sheet.hpp"
#include "ctl/commands/profiles.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminUserImport;
using protocol::AdminUserImportSheet;
using protocol::AdminUserImportUpload;

constexpr std::size_t kPieceBytes = 45'000;  // 60,000 characters of base64
constexpr int kPieceAttempts = 20;

// Waits as long as a busy server asks for.
template <class M>
Result<typename M::Result> call_patiently(link::BlockingClient& client, const typename M::Params& params) {
  auto answer = client.call<M>(params);
  for (int attempt = 1; !answer && attempt < kPieceAttempts; ++attempt) {
    const auto& error = answer.error();
    if (error.code != ErrorCode::rate_limited || error.retry_after.count() == 0) break;
    std::this_thread::sleep_for(error.retry_after);
    answer = client.call<M>(params);
  }
  return answer;
}

Result<std::string> read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || text.str().empty()) return not_found("Can't read " + file.string() + ", or it is empty.");
  return text.str();
}

// As bytes, because the server knows spreadsheets' encodings.
Result<ImportId> upload(link::BlockingClient& client, std::string_view csv) {
  std::optional<ImportId> import;
  for (std::size_t at = 0; at < csv.size(); at += kPieceBytes) {
    const auto piece = csv.substr(at, kPieceBytes);
    const auto taken = call_patiently<AdminUserImportUpload>(
        client, {import, to_base64url(as_bytes(piece)), protocol::CsvForm::base64url});
    if (!taken) return taken.error();
    import = taken->import;
  }
  return *import;
}

// "Read: Anmeldename as name, E-Mail as e-mail. Not read: SID."
std::string describe_columns(const std::vector<protocol::ImportColumn>& columns) {
  std::string read;
  std::string rest;
  for (const auto& column : columns) {
    if (column.read_as.empty())
      rest += (rest.empty() ? " Not read: " : ", ") + column.header;
    else
      read += (read.empty() ? "Read: " : ", ") + column.header +
              (column.header == column.read_as ? "" : " as " + column.read_as);
  }
  return read + "." + (rest.empty() ? "" : rest + ".");
}

void print_errors(const Context& context, const AdminUserImport::Result& result) {
  Table table({"LINE", "COLUMN", "FIELD", "WHAT IS WRONG"});
  for (const auto& e : result.errors)
    table.add({std::to_string(e.line), std::to_string(e.column), e.field.empty() ? "-" : e.field, e.message});
  table.print(context.out);
  const auto more = result.errors_total - static_cast<std::int64_t>(result.errors.size());
  if (more > 0) context.out << "and " << more << " more.\n";
}

std::string refusal(const protocol::AdminUserImport::Result& result, bool dry_run) {
  if (result.errors_total == 0) return "The file names nobody. Its lines after the first name a person each.";
  return std::string(dry_run ? "Nothing would be brought in: " : "Nothing was brought in: ") +
         std::to_string(result.errors_total) + (result.errors_total == 1 ? " error" : " errors") +
         ". Fix the file, or leave those rows out with --skip-errors.";
}

std::string summary(const AdminUserImport::Result& result, ImportId import, bool dry_run) {
  std::string text = std::to_string(result.created) + " accounts and " + std::to_string(result.memberships) +
                     " memberships" + (dry_run ? " would be made" : " made");
  if (result.skipped > 0) text += "; " + std::to_string(result.skipped) + " rows left out";
  if (!dry_run) text += ". Import " + std::to_string(import.value);
  return text + ".";
}

Result<std::vector<AdminUserImportSheet::Entry>> load_sheet(link::BlockingClient& client, ImportId import) {
  std::vector<AdminUserImportSheet::Entry> entries;
  AdminUserImportSheet::Params params{import, {}, static_cast<std::int64_t>(protocol::kMaxPage)};
  for (;;) {
    auto page = call_patiently<AdminUserImportSheet>(client, params);
    if (!page) return page.error();
    for (auto& entry : page->entries) entries.push_back(std::move(entry));
    if (!page->more || entries.empty()) return entries;
    params.after = entries.back().user.id;
  }
}

// As the file's name ends.
std::string compose_sheet(const std::filesystem::path& file,
                          const std::vector<AdminUserImportSheet::Entry>& entries, const std::string& host) {
  const auto end = file.extension();
  if (end == ".html" || end == ".htm") return compose_sheet_html(entries, host);
  if (end == ".csv") return compose_sheet_csv(entries);
  return end == ".json" ? compose_sheet_json(entries) : compose_sheet_text(entries, host);
}

Result<void> print_sheet(const Context& context, link::BlockingClient& client, ImportId import,
                         const std::filesystem::path& file, bool csv = false) {
  const auto entries = load_sheet(client, import);
  if (!entries) return entries.error();
  const auto profile = load_profile(context.profiles_file, context.profile);
  if (!profile) return profile.error();
  const std::string host = profile->host + ":" + std::to_string(profile->port);
  if (file.empty()) {
    if (context.json)
      context.out << compose_sheet_json(*entries);
    else
      context.out << (csv ? compose_sheet_csv(*entries) : compose_sheet_text(*entries, host));
    return ok();
  }
  if (auto written = write_target(file, compose_sheet(file, *entries, host)); !written) return written;
  context.err << entries->size() << " invites are in " << file.string()
              << ". Whoever reads one can take the account: delete the file when they are handed out.\n";
  return ok();
}

}  // namespace

Result<void> user_import(const Context& context, const PeopleImportArguments& arguments) {
  const auto csv = read_file(arguments.file);
  if (!csv) return csv.error();
  // Before there are invites that it should take up.
  if (!arguments.sheet.empty())
    if (auto checked = check_target(arguments.sheet); !checked) return checked;
  auto client = connect(context);
  if (!client) return client.error();
  const auto import = upload(**client, *csv);
  if (!import) return import.error();
  const auto result =
      call_patiently<AdminUserImport>(**client, {*import, arguments.dry_run, arguments.skip_errors});
  if (!result) return result.error();
  if (context.json)
    context.out << R"({"import":)" << import->value << "," << protocol::encode(*result).substr(1) << "\n";
  else if (!result->errors.empty())
    print_errors(context, *result);
  if (!context.json && arguments.dry_run && result->columns && !result->columns->empty())
    context.out << describe_columns(*result->columns) << "\n";
  if (result->encoding == "windows-1252")
    context.err << "The file isn't UTF-8 and was read as Windows-1252. Look at the names with accents.\n";
  const bool is_refused = result->created == 0 || (!result->errors.empty() && !arguments.skip_errors);
  if (is_refused) return make_error(ErrorCode::params, refusal(*result, arguments.dry_run));
  if (!context.json) context.out << summary(*result, *import, arguments.dry_run) << "\n";
  if (arguments.dry_run || arguments.sheet.empty()) return ok();
  return print_sheet(context, **client, *import, arguments.sheet);
}

Result<void> user_import_sheet(const Context& context, const PeopleImportArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  return print_sheet(context, **client, ImportId{arguments.import}, arguments.sheet, arguments.csv);
}

Result<void> user_import_undo(const Context& context, const PeopleImportArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto undone =
      (*client)->call<protocol::AdminUserImportUndo>({ImportId{arguments.import}, arguments.reason});
  if (!undone) return undone.error();
  if (context.json) {
    context.out << protocol::encode(*undone) << "\n";
    return ok();
  }
  context.out << undone->removed << " accounts removed.\n";
  for (const auto& user : undone->kept) context.out << user.name << " was here already and stays.\n";
  return ok();
}

Result<void> user_imports(const Context& context, const PeopleImportArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto list = (*client)->call<protocol::AdminUserImportList>({});
  if (!list) return list.error();
  Table table({"ID", "WHEN", "BY", "ACCOUNTS", "WERE HERE", "STATE"});
  for (const auto& entry : list->imports) {
    if (context.json) context.out << protocol::encode(entry) << "\n";
    table.add({std::to_string(entry.import.value), local_minute(entry.at), entry.by.name,
               std::to_string(entry.accounts), std::to_string(entry.signed_in),
               entry.undone ? "undone" : "done"});
  }
  if (!context.json) table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
