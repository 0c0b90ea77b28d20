#include "client/session/file_runner.hpp"

#include "client/session/clipboard_picture.hpp"
#include "client/session/own_file.hpp"
#include "client/session/person_folders.hpp"
#include "common/desk/session/file_dialog.hpp"

namespace wardroom::client {

FileRunner::FileRunner(const std::filesystem::path& profile, Inbox& inbox, Desktop& desktop,
                       FileTransfers::Handlers handlers)
    : inbox_(inbox),
      desktop_(desktop),
      handlers_(handlers),
      copies_(profile / "outgoing"),
      transfers_(inbox, std::move(handlers)) {}

void FileRunner::tell(Event event) {
  inbox_.post([this, event = std::move(event)] { handlers_.event(event); });
}

void FileRunner::sweep(const std::vector<UploadRow>& uploads) {
  std::vector<std::string> wanted;
  for (const auto& row : uploads) wanted.push_back(row.path);
  local_.enqueue([this, wanted = std::move(wanted)] { copies_.sweep(wanted); });
}

// What can be attached is; the first that can't says why.
void FileRunner::look(const WritingPlace& place, const std::vector<std::string>& paths) {
  FilesSeen seen;
  seen.place = place;
  for (const auto& path : paths) {
    const auto opened = OwnFile::open(path);
    const auto file = opened ? opened->look() : Result<LocalFile>(opened.error());
    if (file)
      seen.files.push_back(*file);
    else if (seen.problem.empty())
      seen.problem = file.error().message;
  }
  tell(std::move(seen));
}

void FileRunner::keep(const WritingPlace& place, const std::string& name, const std::string& bytes) {
  const auto path = copies_.keep(name, bytes);
  if (path) return look(place, {*path});
  FilesSeen failed;
  failed.place = place;
  failed.problem = "It can't be kept on this PC, so it isn't attached: " + path.error().message;
  tell(std::move(failed));
}

void FileRunner::run(const LookAtFiles& effect) {
  local_.enqueue([this, effect] {
    std::vector<std::string> paths;
    for (const auto& path : effect.paths) paths.push_back(expand_home(path).string());
    look(effect.place, paths);
  });
}

void FileRunner::run(const KeepText& effect) {
  local_.enqueue([this, effect] { keep(effect.place, "Pasted text.txt", effect.text); });
}

void FileRunner::run(const KeepClipboardPicture& effect) {
  local_.enqueue([this, effect] {
    const auto picture = take_clipboard_picture([this] { return local_.is_stopping(); });
    if (picture) return keep(effect.place, "Pasted picture.png", *picture);
    FilesSeen none;
    none.place = effect.place;
    none.problem = picture.error().message;
    tell(std::move(none));
  });
}

void FileRunner::run(const ChooseFiles& effect) {
  dialogs_.enqueue([this, effect] {
    const auto paths = desk::ask_for_files("Attach files", desk::HowMany::several,
                                           [this] { return dialogs_.is_stopping(); });
    if (paths) {
      if (!paths->empty()) look(effect.place, *paths);
      return;
    }
    FilesSeen none;
    none.place = effect.place;
    none.no_dialog = true;
    tell(std::move(none));
  });
}

void FileRunner::run(const DropCopy& effect) {
  local_.enqueue([this, effect] { copies_.drop(effect.path); });
}

void FileRunner::run(const ChooseTarget& effect) {
  dialogs_.enqueue([this, effect] {
    const std::string name = safe_name(effect.file.name);
    const auto paths = desk::ask_for_target("Save file", name, [this] { return dialogs_.is_stopping(); });
    TargetChosen chosen;
    chosen.file = effect.file;
    chosen.no_dialog = !paths;
    if (!paths)
      chosen.path = free_path(downloads_folder(), name).string();
    else if (!paths->empty())
      chosen.path = paths->front();
    tell(std::move(chosen));
  });
}

void FileRunner::run(const OpenPath& effect) {
  desktop_.open_path(effect.folder ? std::filesystem::path(effect.path).parent_path().string() : effect.path);
}

}  // namespace wardroom::client
