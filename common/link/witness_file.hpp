#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/file_lock.hpp"
#include "common/base/result.hpp"
#include "common/tlog/watch.hpp"

// What this PC saw of servers' audit logs: one file beside the credentials, with a part for each server,
// which is known by its office CA's key. Signing out leaves it: a witness doesn't forget.
namespace wardroom::link {

// Nothing: the server wasn't seen yet. An error, "witness_damaged": something was remembered, but can't be
// read; the sentence names the file.
Result<std::optional<tlog::WatchMemory>> load_witness(const std::filesystem::path& file,
                                                      const Digest& ca_pin);
// Replaces the server's part in one step: a crash leaves the old or the new file. A damaged file is moved
// aside, to <file>.damaged, where it counts as damage for every server that isn't known since.
Result<void> save_witness(const std::filesystem::path& file, const Digest& ca_pin,
                          const tlog::WatchMemory& memory);

// The server is known by another key from now on: what was seen of its log goes with it. What is known under
// the new key already stays as it is.
Result<void> carry_witness(const std::filesystem::path& file, const Digest& before, const Digest& now);

// Programs of one person that run at once take turns at reading, asking about and saving what was seen:
// otherwise one would save over the newer head of another. Waits for its turn; a server that doesn't answer
// holds the others up until that call's time is over.
class WitnessTurn {
 public:
  static Result<WitnessTurn> take(const std::filesystem::path& file);

 private:
  explicit WitnessTurn(FileLock lock) : lock_(std::move(lock)) {}
  FileLock lock_;
};

}  // namespace wardroom::link
