#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/uuid.hpp"
#include "server/files/descriptor.hpp"

namespace wardroom::files {

// The folder `files` of a data directory: each content once, as ab/cd… by its SHA-256, and what is still
// coming in uploads/. What is needed says the database, which asks and tells here. Any thread that may wait
// for the disk.
class Contents {
 public:
  explicit Contents(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path path_of(const Digest& content) const;
  std::filesystem::path uploads() const { return root_ / "uploads"; }
  std::filesystem::path upload_path(const Uuid& id) const { return uploads() / to_string(id); }
  const std::filesystem::path& root() const { return root_; }

  // While it lives, remove() and sweep() leave the content alone: a row that needs it is on its way.
  class Kept {
   public:
    Kept() = default;
    Kept(Contents& owner, const Digest& content) : owner_(&owner), content_(content) {}
    Kept(Kept&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), content_(other.content_) {}
    Kept& operator=(Kept&& other) noexcept {
      std::swap(owner_, other.owner_);
      std::swap(content_, other.content_);
      return *this;
    }
    ~Kept();

   private:
    Contents* owner_ = nullptr;  // outlives it
    Digest content_{};
  };

  // Gives an upload, whole and synced, the name of its content besides its own, unless the content is there
  // already. Its own goes with remove_upload(), when the database knows. The folders are synced.
  Result<Kept> adopt(const Uuid& upload, const Digest& content);
  // `not_found` when it isn't there.
  Result<Descriptor> open(const Digest& content) const;
  // Takes away what nobody needs: `is_used` is asked while nothing can be put in. False: it is needed after
  // all.
  using IsUsed = std::function<Result<bool>(const Digest& content)>;
  Result<bool> remove(const Digest& content, const IsUsed& is_used);
  void remove_upload(const Uuid& id) const;

  // Goes through everything that lies here and takes away what neither is asked for: what a crash left.
  // Returns how many files went; an error of `is_used` or `is_open` ends it.
  using IsOpen = std::function<Result<bool>(const Uuid& upload)>;
  Result<std::int64_t> sweep(const IsUsed& is_used, const IsOpen& is_open);

  // Calls `see` with each file that lies here: its content, or nothing for one whose name isn't that of a
  // content. False ends it.
  using See = std::function<bool(const std::filesystem::path& file, const std::optional<Digest>& content)>;
  Result<void> each_content(const See& see) const;

 private:
  Result<std::int64_t> sweep_uploads(const IsOpen& is_open);

  const std::filesystem::path root_;
  std::mutex mutex_;            // nothing is put in while something is taken away
  std::mutex kept_mutex_;       // held for no longer than a look, so that the writer's thread may
  std::map<Digest, int> kept_;  // how often
};

// What the bytes of a file are, read anew.
Result<Digest> digest_of(int file, std::int64_t from = 0);

// "The server can't …: No space left on device." from errno, without a path: peers may hear it.
Error storage_error(const char* what, int error_number);

}  // namespace wardroom::files
