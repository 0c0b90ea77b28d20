#include "server/files/upload.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <span>
#include <string>
#include <unistd.h>
#include <utility>

#include <openssl/evp.h>
#include <sys/stat.h>

#include "common/base/sha256.hpp"
#include "server/files/contents.hpp"

namespace wardroom::files {
namespace {

constexpr const char* kCantStore = "can't store files";

using Sum = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;

Sum begin_sum(Checksum::Algorithm algorithm) {
  Sum sum(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const EVP_MD* kind = algorithm == Checksum::Algorithm::sha1 ? EVP_sha1() : EVP_sha256();
  if (sum && EVP_DigestInit_ex(sum.get(), kind, nullptr) != 1) sum.reset();
  return sum;
}

Error taken_over() {
  return conflict("taken_over", "Another connection goes on with this upload.");
}

// So that the disk gets it evenly: what the last sync finds unwritten, the database's syncs wait for, too.
void write_out(int file, std::int64_t from, std::int64_t bytes) {
  constexpr std::int64_t kStretch = std::int64_t{1} << 20;
  const std::int64_t begin = from / kStretch * kStretch, end = (from + bytes) / kStretch * kStretch;
  // A failure is told by the sync.
  if (end > begin) (void)::sync_file_range(file, begin, end - begin, SYNC_FILE_RANGE_WRITE);
}

}  // namespace

struct Upload::Sums {
  Sha256 whole;
  Sum part{nullptr, &EVP_MD_CTX_free};  // of a turn with a checksum
};

Upload::Upload(std::filesystem::path file, std::int64_t size)
    : file_(std::move(file)), size_(size), sums_(std::make_unique<Sums>()) {}

Upload::~Upload() = default;

std::filesystem::path Upload::mark() const {
  return file_.string() + ".from";
}

Result<std::int64_t> Upload::length_now() const {
  struct stat info {};
  if (::fstat(fd_.get(), &info) != 0) return storage_error(kCantStore, errno);
  return std::int64_t{info.st_size};
}

// Bytes of a turn with a checksum that was never compared, before a crash or a broken connection, go.
Result<void> Upload::open() {
  if (fd_) return ok();
  fd_ = Descriptor(::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd_) return storage_error(kCantStore, errno);
  return go_back();
}

// To where the mark says, if there is one.
Result<void> Upload::go_back() {
  const Descriptor marked(::open(mark().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!marked) return errno == ENOENT ? ok() : Result<void>(storage_error(kCantStore, errno));
  std::array<char, 32> text{};
  const ssize_t got = ::pread(marked.get(), text.data(), text.size(), 0);
  const auto from =
      got > 0 ? parse_upload_number({text.data(), static_cast<std::size_t>(got)}) : std::nullopt;
  const auto now = length_now();
  if (!now) return now.error();
  // An empty mark is one that a crash cut off before anything was written behind it.
  if (from && *from < *now && ::ftruncate(fd_.get(), *from) != 0) return storage_error(kCantStore, errno);
  if (::unlink(mark().c_str()) != 0) return storage_error(kCantStore, errno);
  if (from && hashed_ > *from) {
    sums_->whole = {};
    hashed_ = 0;
  }
  return ok();
}

Result<Upload::Turn> Upload::begin(std::int64_t offset, std::optional<Checksum> checksum) {
  const std::lock_guard lock(mutex_);
  // Whoever wrote before is out, and what they didn't finish to be summed up doesn't count.
  fd_.reset();
  ++turn_;
  checksum_.reset();
  if (auto opened = open(); !opened) return opened.error();
  const auto length = length_now();
  if (!length) return length.error();
  if (*length != offset) {
    fd_.reset();
    return conflict("offset_wrong",
                    "The upload is at " + std::to_string(*length) + " bytes; ask with HEAD and go on there.");
  }
  begun_at_ = offset;
  if (!checksum) return turn_;
  const Descriptor marked(::open(mark().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const std::string text = std::to_string(offset);
  // On the disk before the bytes behind it: without it they would count after a power cut.
  if (!marked || ::write(marked.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      ::fsync(marked.get()) != 0)
    return storage_error(kCantStore, errno);
  sums_->part = begin_sum(checksum->algorithm);
  if (!sums_->part) return unavailable("The server has no memory for this now. Try again in a moment.");
  checksum_ = std::move(checksum);
  return turn_;
}

Result<void> Upload::append(Turn turn, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  if (turn != turn_ || !fd_) return taken_over();
  const auto length = length_now();
  if (!length) return length.error();
  const auto more = static_cast<std::int64_t>(bytes.size());
  if (*length + more > size_)
    return make_error(ErrorCode::too_large,
                      "The upload was announced with " + std::to_string(size_) + " bytes.",
                      "length_exceeded");
  for (std::string_view left = bytes; !left.empty();) {
    const ssize_t written = ::write(fd_.get(), left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return storage_error(kCantStore, errno);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  write_out(fd_.get(), *length, more);
  if (hashed_ == *length) {
    sums_->whole.update(bytes);
    hashed_ += more;
  }
  if (checksum_) EVP_DigestUpdate(sums_->part.get(), bytes.data(), bytes.size());
  return ok();
}

Result<void> Upload::sync() const {
  return ::fdatasync(fd_.get()) == 0 ? ok() : Result<void>(storage_error(kCantStore, errno));
}

Result<std::int64_t> Upload::end(Turn turn) {
  const std::lock_guard lock(mutex_);
  if (turn != turn_ || !fd_) return taken_over();
  if (checksum_) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(sums_->part.get(), digest.data(), &size);
    const bool is_right =
        as_text(checksum_->digest) == as_text(std::as_bytes(std::span(digest.data(), std::size_t{size})));
    checksum_.reset();
    if (!is_right) {
      if (auto back = go_back(); !back) return back.error();
      fd_.reset();
      return conflict("checksum_wrong", "What came isn't what Upload-Checksum says. Send it again from " +
                                            std::to_string(begun_at_) + " on.");
    }
    // First on the disk, then it counts.
    if (auto synced = sync(); !synced) return synced.error();
    if (::unlink(mark().c_str()) != 0) return storage_error(kCantStore, errno);
  } else if (auto synced = sync(); !synced) {
    return synced.error();
  }
  const auto length = length_now();
  fd_.reset();
  return length;
}

void Upload::break_off(Turn turn) {
  const std::lock_guard lock(mutex_);
  if (turn != turn_ || !fd_) return;
  // Should this fail, the next open() does it.
  if (checksum_) (void)go_back();
  checksum_.reset();
  fd_.reset();
}

// What is still under way from a connection that its sender has given up must not move the offset afterwards.
Result<std::int64_t> Upload::length() {
  const std::lock_guard lock(mutex_);
  ++turn_;
  checksum_.reset();
  fd_.reset();
  if (auto opened = open(); !opened) return opened.error();
  auto length = length_now();
  if (auto synced = sync(); !synced) length = synced.error();
  fd_.reset();
  return length;
}

Result<Digest> Upload::finish() {
  const std::lock_guard lock(mutex_);
  if (auto opened = open(); !opened) return opened.error();
  const auto length = length_now();
  if (!length) return length.error();
  if (*length != size_) return conflict("upload_incomplete", "Not all bytes of the upload have come yet.");
  if (auto synced = sync(); !synced) return synced.error();
  // The rest of what an earlier process, or a turn before one that was taken back, has written.
  std::array<std::byte, 32 * 1024> block;
  while (hashed_ < size_) {
    const ssize_t got = ::pread(fd_.get(), block.data(), block.size(), hashed_);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return storage_error(kCantStore, got == 0 ? EIO : errno);
    sums_->whole.update(std::span(block).first(static_cast<std::size_t>(got)));
    hashed_ += got;
  }
  fd_.reset();
  return sums_->whole.digest();
}

}  // namespace wardroom::files
