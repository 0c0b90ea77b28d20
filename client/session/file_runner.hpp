#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "client/session/copies.hpp"
#include "client/session/desktop.hpp"
#include "client/session/file_transfers.hpp"
#include "common/desk/session/job_thread.hpp"

namespace wardroom::client {

// The effects that are about files: what is on this PC on one thread, the desktop's dialogs, which wait for
// the person, on another, the bytes to and from the server on those of FileTransfers.
class FileRunner {
 public:
  // `profile` is the profile's folder; `inbox` and `desktop` outlive it.
  FileRunner(const std::filesystem::path& profile, Inbox& inbox, Desktop& desktop,
             FileTransfers::Handlers handlers);
  FileRunner(const FileRunner&) = delete;
  FileRunner& operator=(const FileRunner&) = delete;

  // At the start: copies that no upload has any more go.
  void sweep(const std::vector<UploadRow>& uploads);

  void run(const LookAtFiles& effect);
  void run(const KeepText& effect);
  void run(const KeepClipboardPicture& effect);
  void run(const ChooseFiles& effect);
  void run(const DropCopy& effect);
  void run(const ChooseTarget& effect);
  void run(const OpenPath& effect);
  // The rest is of bytes on their way.
  template <class E>
  void run(const E& effect) {
    transfers_.run(effect);
  }

 private:
  void tell(Event event);
  void look(const WritingPlace& place, const std::vector<std::string>& paths);
  void keep(const WritingPlace& place, const std::string& name, const std::string& bytes);

  Inbox& inbox_;
  Desktop& desktop_;
  const FileTransfers::Handlers handlers_;
  Copies copies_;
  FileTransfers transfers_;
  // Last: they end before what they use.
  desk::JobThread local_, dialogs_;
};

}  // namespace wardroom::client
