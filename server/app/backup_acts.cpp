#include <algorithm>
#include <cerrno>
#include <unistd.h>

#include "common/base/target_file.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/backup_worker.hpp"
#include "server/ops/backup_key.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/encrypted_backup.hpp"

// What the worker does with backups, on its thread.
namespace wardroom::app {
namespace {

namespace fs = std::filesystem;

// A restore on trial holds the copy, and the one that is made of it without the keys.
constexpr std::uintmax_t kRoomFactor = 3, kRoomBesides = std::uintmax_t{64} << 20;

Result<void> check_backup_folder(const fs::path& folder) {
  if (::access(folder.c_str(), W_OK) == 0) return ok();
  const int why = errno;
  if (why == ENOENT)
    return unavailable(folder.string() + " isn't there. Make it, and give it to the server's account.");
  return unavailable(
      "The server may not write into " + folder.string() +
      ": it isn't its account's, or its unit doesn't allow it. Packaged, it may write into "
      "/var/backups/wardroom if that is there when it starts; for another folder: systemctl edit "
      "wardroomd, with ReadWritePaths=-" +
      folder.string() + " under [Service], and a restart.");
}

Result<void> check_room_for(const fs::path& root, std::uintmax_t bytes) {
  const auto disk = ops::measure_disk(root);
  const auto wanted = bytes * kRoomFactor + kRoomBesides;
  if (!disk || disk->free_bytes >= wanted) return ok();
  return unavailable("A restore on trial needs " + std::to_string(wanted >> 20) +
                     " MiB of room beside the office, and there are " +
                     std::to_string(disk->free_bytes >> 20) +
                     " MiB. Rehearse it on another machine: wardroomd restore --rehearse");
}

std::string in_words(const ops::BackupSummary& summary) {
  return std::to_string(summary.records) + " audit records, the last of " + to_rfc3339(summary.at);
}

std::int64_t bytes_of(const fs::path& file) {
  std::error_code missing;
  const auto size = fs::file_size(file, missing);
  return missing ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

// A stop interrupts SQLite, whose own sentence says nothing to a person.
Error BackupWorker::told(const Error& error) const {
  return stopping_ ? unavailable("The server was stopped meanwhile.") : error;
}

// Nobody knows now whether the backup is good.
BackupWorker::Ended BackupWorker::unlooked(const Error& error) const {
  return {false, told(error).message, 0, false};
}

// The backup's fault, unless this machine lacked something: room, a disk, a file of the office's own.
BackupWorker::Ended BackupWorker::bad(const Error& error) const {
  return {false, told(error).message, 0, !stopping_ && error.code != ErrorCode::unavailable};
}

BackupWorker::Ended BackupWorker::make_backup(const Task& task) {
  if (auto ready = check_backup_folder(task.options.folder); !ready) {
    Ended ended = bad(ready.error());
    const auto recorded =
        tell(task, {.act = LocalQuestion::Act::backup_ended, .to = task.file(), .failure = ended.text});
    if (!recorded) ended.text += " It has no record in the log: " + recorded.error().message;
    return ended;
  }
  std::optional<Digest> recipient;
  if (!task.options.recipient.empty()) recipient = *ops::parse_recipient(task.options.recipient);
  const auto written = back_up_serving(
      dir_, task.file(), recipient, [&](const LocalQuestion& question) { return tell(task, question); },
      &stopping_);
  if (!written) return bad(written.error());
  Ended ended{true,
              std::string(recipient ? "Written, checked and encrypted: " : "Written and checked: ") +
                  in_words(*written) + ".",
              written->records};
  const auto removed = ops::remove_surplus(task.options.folder, task.options.keep, task.options.days,
                                           clock_.trusted(), &stopping_);
  if (!removed)
    ended.text += " But older ones weren't all removed: " + told(removed.error()).message;
  else if (!removed->empty())
    ended.text += " Older ones that were removed: " + std::to_string(removed->size()) + ".";
  return ended;
}

Error BackupWorker::no_such_backup(const fs::path& folder, const std::string& name) {
  return not_found("There is no backup " + name + " in " + folder.string() + ".");
}

// Only what stands in the folder under a backup's name.
Result<void> BackupWorker::check_known(const Task& task) const {
  const auto backups = ops::list_backups(task.options.folder);
  if (!backups) return backups.error();
  const bool is_known = std::any_of(backups->begin(), backups->end(), [&](const ops::KeptBackup& backup) {
    return backup.file.filename() == task.work.name;
  });
  return is_known ? ok() : Result<void>(no_such_backup(task.options.folder, task.work.name));
}

BackupWorker::Ended BackupWorker::verify(const Task& task) {
  if (auto known = check_known(task); !known) return unlooked(known.error());
  const auto digest = ops::digest_of_file(task.file(), &stopping_);
  // It is there and can't be read: no backup as it is.
  if (!digest) return {false, told(digest.error()).message, 0, !stopping_};
  auto db = sqlite::Connection::open(dir_.database(), sqlite::Connection::Mode::read_only);
  if (!db) return unlooked(db.error());
  const auto checked = find_checked(**db, *digest);
  if ((*db)->failure()) return unlooked(*(*db)->failure());
  if (!checked)
    return {false,
            "It isn't a backup that this office has checked, byte for byte: it was changed or cut off, or is "
            "another office's. A rehearsal tells what is in it.",
            0};
  const std::string same = "It is byte for byte what was opened and checked at " + to_rfc3339(*checked) + ".";
  const auto is_encrypted = ops::is_encrypted_backup(task.file());
  if (!is_encrypted) return bad(is_encrypted.error());
  if (*is_encrypted)
    return {true,
            same +
                " It is encrypted, and its key isn't on this server, so it can't be opened here: what it "
                "holds was checked before it was encrypted.",
            0};
  const auto summary = ops::check_backup(task.file(), &stopping_);
  if (summary)
    return {true, same + " It was opened and checked again: " + in_words(*summary) + ".", summary->records};
  if (summary.error().reason == "schema_older")
    return {true, same + " It is of an earlier version of Wardroom: a rehearsal tells what is in it.", 0};
  return bad(summary.error());
}

// What is in the way before anything is restored.
std::optional<BackupWorker::Ended> BackupWorker::check_rehearsable(const Task& task) const {
  if (auto known = check_known(task); !known) return unlooked(known.error());
  const auto is_encrypted = ops::is_encrypted_backup(task.file());
  if (!is_encrypted) return unlooked(is_encrypted.error());
  if (*is_encrypted)
    return unlooked(conflict(
        "backup_key_elsewhere",
        task.work.name +
            " is encrypted, and its key isn't on this server, so it can't be opened here. Verify it here: "
            "whether it is byte for byte what was checked. Rehearse it where the key is: wardroomd restore "
            "--rehearse --key FILE"));
  auto room = check_room_for(dir_.root, static_cast<std::uintmax_t>(bytes_of(task.file())));
  return room ? std::nullopt : std::optional(unlooked(room.error()));
}

BackupWorker::Ended BackupWorker::rehearse(const Task& task) {
  if (auto refused = check_rehearsable(task)) return *std::move(refused);
  const fs::path scratch = dir_.rehearsal();
  const auto cant_be_removed = [&](const std::error_code& why) {
    return unlooked(
        unavailable(scratch.string() + " can't be removed: " + why.message() + ". Remove it by hand."));
  };
  std::error_code why;
  fs::remove_all(scratch, why);  // what a crash left
  if (why) return cant_be_removed(why);
  const TimePoint at = clock_.trusted();
  const auto restored =
      ops::restore_backup(task.file(), scratch, "restored on trial", clock_, {}, &stopping_);
  auto checked = restored ? ops::check_goes_on(&stopping_) : Result<void>(restored.error());
  if (checked) checked = check_restored({scratch}, at);
  fs::remove_all(scratch, why);
  if (!checked) return bad(checked.error());
  if (why) return cant_be_removed(why);
  return {true, "Restored, fully checked and removed again: " + in_words(*restored) + ".", restored->records};
}

// Whichever of them is being written: beside the backup, or in the data directory.
std::int64_t BackupWorker::written_so_far(const Task& task) const {
  return static_cast<std::int64_t>(unfinished_bytes(task.file())) + bytes_of(dir_.root / "backup-copy.db") +
         bytes_of(ops::DataDir{dir_.rehearsal()}.database());
}

}  // namespace wardroom::app
