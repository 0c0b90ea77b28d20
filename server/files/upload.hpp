#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "server/files/descriptor.hpp"
#include "server/files/tus.hpp"

namespace wardroom::files {

// The bytes of one upload that have come, in a file of their own. Its length is how far the upload is. One
// writer at a time: whoever begins takes over from who wrote before, whose connection may be dead without our
// knowing. Any thread that may wait for the disk.
class Upload {
 public:
  // Makes nothing yet. `size`: of the whole file.
  Upload(std::filesystem::path file, std::int64_t size);
  ~Upload();

  // Names a writer until the next one begins.
  using Turn = std::uint64_t;

  // Begins to write at `offset`, which must be how far the upload is: else `conflict` (offset_wrong), whose
  // message says where it is. With a checksum nothing counts before end() has compared it.
  Result<Turn> begin(std::int64_t offset, std::optional<Checksum> checksum);
  // `conflict` (taken_over) when another writer has begun since; too_large over the size.
  Result<void> append(Turn turn, std::string_view bytes);
  // What was written is on the disk. How far the upload is; `conflict` (checksum_wrong) when it isn't what
  // the sender summed up, and then it is back where this turn began.
  Result<std::int64_t> end(Turn turn);
  // The connection is gone: what nobody will sum up any more doesn't count.
  void break_off(Turn turn);

  // How far it is, with everything on the disk. Whoever asks is about to go on there: a turn that is under
  // way ends.
  Result<std::int64_t> length();
  // Of a whole upload: SHA-256 of its bytes, and all of them on the disk.
  Result<Digest> finish();

 private:
  struct Sums;

  Result<void> open();
  Result<void> go_back();
  Result<std::int64_t> length_now() const;
  Result<void> sync() const;
  std::filesystem::path mark() const;

  const std::filesystem::path file_;
  const std::int64_t size_;
  std::mutex mutex_;
  Descriptor fd_;  // while somebody writes
  Turn turn_ = 0;
  std::int64_t begun_at_ = 0;         // where the turn began
  std::optional<Checksum> checksum_;  // of the turn
  std::int64_t hashed_ = 0;           // bytes that are in `sums_`, from the first on
  std::unique_ptr<Sums> sums_;
};

}  // namespace wardroom::files
