#include "common/evidence/bundle_export.hpp"

#include <algorithm>
#include <thread>

#include "common/base/target_file.hpp"
#include "common/evidence/bundle_case.hpp"
#include "common/evidence/bundle_check.hpp"
#include "common/evidence/carried_files.hpp"
#include "common/evidence/public_key.hpp"
#include "common/evidence/verify_scripts.hpp"
#include "common/tlog/wire.hpp"
#include "protocol/codec.hpp"

namespace wardroom::evidence {
namespace {

namespace fs = std::filesystem;
using protocol::AuditExport;
using protocol::AuditExportFile;
using protocol::AuditExportPage;

constexpr int kMaxWaits = 100;  // one after the other, for a server that is busy

constexpr std::chrono::milliseconds kLookEvery{50};

// Whether nobody gave the work up meanwhile.
bool wait_for(std::chrono::milliseconds time, const Stopped& stopped) {
  for (; time > time.zero(); time -= kLookEvery) {
    if (stopped && stopped()) return false;
    std::this_thread::sleep_for(std::min(time, kLookEvery));
  }
  return !stopped || !stopped();
}

template <class M>
Result<typename M::Result> call(const Ask& ask, const typename M::Params& params, const Stopped& stopped) {
  for (int waits = 0;; ++waits) {
    const auto answer = ask(std::string(M::kName), protocol::encode(params));
    if (answer) return protocol::decode<typename M::Result>(*answer, "result");
    const Error& error = answer.error();
    if (error.retry_after <= error.retry_after.zero() || waits == kMaxWaits) return error;
    if (!wait_for(std::min<std::chrono::milliseconds>(error.retry_after, std::chrono::seconds{5}), stopped))
      return gave_up();
  }
}

// The directory in which a bundle comes into being, and the place to which it moves when it is whole.
class Workshop {
 public:
  static Result<Workshop> open(const fs::path& target) {
    std::error_code failed;
    const bool is_empty_directory = fs::is_directory(target, failed) && fs::is_empty(target, failed);
    if (fs::exists(target, failed) && (is_zip(target) || !is_empty_directory))
      return make_error(ErrorCode::conflict, target.string() + " is there already. Choose another name.",
                        "target_exists");
    const fs::path within =
        is_empty_directory && !fs::is_symlink(target, failed) ? target / "case.json" : target;
    if (auto checked = check_target(within); !checked) return checked.error();
    auto directory = PrivateDirectory::make(beside(target, ".part"));
    if (!directory) return directory.error();
    return Workshop(target, std::move(*directory));
  }

  const fs::path& directory() const { return directory_.path(); }

  Result<void> finish(TimePoint at, const Stopped& stopped) {
    if (is_zip(target_)) {
      auto packed = TargetFile::open(target_);
      if (!packed) return packed.error();
      if (auto done = pack_bundle(directory(), packed->part(), to_unix_ms(at) / 1000, stopped); !done)
        return done;
      return packed->keep();
    }
    if (stopped && stopped()) return gave_up();
    std::error_code failed;
    fs::remove(target_, failed);  // an empty directory
    fs::rename(directory(), target_, failed);
    if (!failed) {
      directory_.release();
      return ok();
    }
    return make_error(ErrorCode::unavailable, target_.string() + " can't be made: " + failed.message() + ".",
                      "cannot_write");
  }

 private:
  Workshop(fs::path target, PrivateDirectory directory)
      : target_(std::move(target)), directory_(std::move(directory)) {}
  static fs::path beside(const fs::path& target, const char* suffix) {
    fs::path path = target.has_filename() ? target : target.parent_path();
    path += suffix;
    return path;
  }

  fs::path target_;
  PrivateDirectory directory_;
};

// Servers of before don't send it.
Result<std::string> compose_export(const protocol::ProvenRecord& proven) {
  std::string text =
      std::to_string(proven.record.idx.value) + " " + proven.record.leaf + " " + proven.record.line + "\n";
  const auto nodes = tlog::from_wire(proven.nodes);
  if (!nodes) return nodes.error();
  for (const auto& node : *nodes) text += compose_edge(node) + "\n";
  return text;
}

Result<void> write_head(const AuditExport::Result& begun, const fs::path& directory) {
  const auto key = tlog::VerifierKey::parse(begun.key);
  if (!key) return key.error();
  std::string edges;
  const auto nodes = tlog::from_wire(begun.edges);
  if (!nodes) return nodes.error();
  for (const auto& node : *nodes) edges += compose_edge(node) + "\n";
  std::vector<std::pair<std::string, std::string>> files = {{"checkpoint", begun.note},
                                                            {"key", begun.key + "\n"},
                                                            {"key.pem", to_pem(*key)},
                                                            {"edges.txt", std::move(edges)},
                                                            {"verify.sh", std::string(verify_sh())},
                                                            {"verify.py", std::string(verify_py())}};
  if (begun.record) {
    auto text = compose_export(*begun.record);
    if (!text) return text.error();
    files.emplace_back("export.txt", std::move(*text));
  }
  for (std::size_t i = 0; i < begun.rotations.size(); ++i)
    files.emplace_back("rotation-" + std::to_string(i + 1), begun.rotations[i]);
  for (const auto& [name, text] : files)
    if (auto done = write_file(directory / name, text); !done) return done;
  return ok();
}

// Page after page into the files of lines. A server that knows no witnesses leaves theirs out.
Result<void> write_pages(const Ask& ask, const Progress& progress, BundleCase& about,
                         const fs::path& directory) {
  NewFile records(directory / "records.txt"), groups(directory / "groups.txt"),
      messages(directory / "messages.txt");
  std::optional<NewFile> witnesses;
  const std::int64_t total = about.begun.last.value - about.begun.first.value + 1;
  AuditExportPage::Params next{about.begun.id, std::nullopt};
  do {
    const auto page = call<AuditExportPage>(ask, next, about.stopped);
    if (!page) return page.error();
    for (const auto& line : page->records) records.write_line(line);
    for (const auto& line : page->groups) groups.write_line(line);
    for (const auto& line : page->messages) messages.write_line(line);
    if (page->witnesses) {
      if (!witnesses) witnesses.emplace(directory / "witnesses.txt");
      for (const auto& line : *page->witnesses) witnesses->write_line(line);
    }
    for (const auto& user : page->users) about.people.insert_or_assign(user.id, user);
    for (const auto& room : page->rooms) about.rooms.insert_or_assign(room.id, room);
    if (progress && !progress(page->done, total)) return gave_up();
    next.at = page->next;
  } while (next.at);
  for (NewFile* file : {&records, &groups, &messages, witnesses ? &*witnesses : nullptr})
    if (file)
      if (auto done = file->close(); !done) return done;
  return ok();
}

// False: the server has it no more.
Result<bool> fetch_content(const Ask& ask, const BundleCase& about, const Content& content,
                           const fs::path& file) {
  NewFile out(file);
  AuditExportFile::Params next{about.begun.id, to_hex(content.first), 0};
  while (next.at < content.second) {
    const auto piece = call<AuditExportFile>(ask, next, about.stopped);
    if (!piece && piece.error().code != ErrorCode::not_found) return piece.error();
    if (!piece) return false;
    const auto bytes = parse_base64(piece->bytes);
    if (!bytes || bytes->empty())
      return make_error(ErrorCode::internal, "The server sent no piece of a file where there must be one.");
    out.write(as_text(*bytes));
    next.at += static_cast<std::int64_t>(bytes->size());
  }
  if (auto done = out.close(); !done) return done.error();
  return true;
}

// What the messages carry, each content once, and carried.txt, which says what the server has no more.
Result<void> write_contents(const Ask& ask, const BundleCase& about, const fs::path& directory) {
  const auto bundle = OpenBundle::open(directory, about.stopped);
  if (!bundle) return bundle.error();
  CarriedFiles carried;
  auto read = bundle->read_lines("messages.txt", [&carried](std::string_view line) {
    // What stands in no group isn't proven, and so isn't missed.
    if (const auto state = parse_state_entry(line); state && state->record) carried.add_state(*state);
    return true;
  });
  if (!read) return read;
  NewFile list(directory / "carried.txt");
  for (const auto& [content, message] : carried.bound()) {
    const fs::path file = directory / content_file(content.first);
    const auto is_here = fetch_content(ask, about, content, file);
    if (!is_here) return is_here.error();
    std::error_code unknown;
    if (!*is_here) fs::remove(file, unknown);
    list.write_line(compose_carried_entry({content, *is_here}));
  }
  return list.close();
}

}  // namespace

Result<BundleReport> export_bundle(const Ask& ask, const AuditExport::Params& scope, const fs::path& target,
                                   const Progress& progress, const Stopped& stopped) {
  auto workshop = Workshop::open(target);
  if (!workshop) return workshop.error();
  const fs::path& directory = workshop->directory();
  auto begun = call<AuditExport>(ask, scope, stopped);
  if (!begun) return begun.error();
  BundleCase about{scope, std::move(*begun), {}, {}, stopped};
  if (about.begun.user) about.people.emplace(about.begun.user->id, *about.begun.user);
  if (about.begun.room) about.rooms.emplace(about.begun.room->id, *about.begun.room);
  if (auto done = write_head(about.begun, directory); !done) return done.error();
  if (auto done = write_pages(ask, progress, about, directory); !done) return done.error();
  if (scope.files.value_or(false))
    if (auto done = write_contents(ask, about, directory); !done) return done.error();
  if (auto done = write_case_files(about, directory); !done) return done.error();
  auto report = check_bundle(directory, {}, stopped);
  if (!report) return report.error();
  if (auto done = write_readme(about, *report, directory); !done) return done.error();
  if (auto done = write_page(about, *report, directory); !done) return done.error();
  if (auto done = workshop->finish(about.begun.at, stopped); !done) return done.error();
  return report;
}

}  // namespace wardroom::evidence
