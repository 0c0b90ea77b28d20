#include "client/session/file_transfers.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>

#include "client/pictures/helper.hpp"
#include "client/session/own_file.hpp"
#include "client/session/person_folders.hpp"
#include "common/base/target_file.hpp"
#include "common/link/file_transfer.hpp"

namespace wardroom::client {
namespace {

// A progress bar that moves more often than this costs frames and shows no more.
constexpr std::chrono::milliseconds kTellEach{200};
// How often a broken download is gone on with when nothing came in between, and the wait before each time.
constexpr int kMostTries = 8;
constexpr std::chrono::seconds kWaitBetween{2};
constexpr std::chrono::milliseconds kNap{100};
// About what two screens show.
constexpr std::size_t kMostPicturesWaiting = 24;

// In design pixels and twice that: what a room shows, and what fills a screen.
constexpr pictures::Box kInlineBox{720, 560};
constexpr pictures::Box kLargeBox{2560, 2560};

// Said once, instead of loading it again in every frame.
Error no_room_for_picture() {
  return make_error(ErrorCode::too_large,
                    "This PC's graphics driver has no room for this picture. Save it to look at it.");
}

bool same_server(const FileServer& a, const FileServer& b) {
  return a.introduction.host == b.introduction.host && a.introduction.port == b.introduction.port &&
         a.introduction.ca_pin == b.introduction.ca_pin &&
         a.introduction.next_pin == b.introduction.next_pin &&
         equal_in_constant_time(a.token.reveal(), b.token.reveal());
}

}  // namespace

link::HttpClient& FileTransfers::Line::to(const FileServer& wanted) {
  if (!http || !same_server(server, wanted)) {
    server = wanted;
    http = std::make_unique<link::HttpClient>(wanted.introduction, wanted.token);
  }
  return *http;
}

FileTransfers::FileTransfers(Inbox& inbox, Handlers handlers)
    : inbox_(inbox), handlers_(std::move(handlers)) {}

void FileTransfers::tell(Event event) {
  inbox_.post([this, event = std::move(event)] { handlers_.event(event); });
}

void FileTransfers::begin(std::uint64_t attempt) {
  const std::lock_guard lock(mutex_);
  wanted_.insert(attempt);
}

bool FileTransfers::is_wanted(std::uint64_t attempt) {
  const std::lock_guard lock(mutex_);
  return wanted_.contains(attempt);
}

void FileTransfers::end(std::uint64_t attempt) {
  const std::lock_guard lock(mutex_);
  wanted_.erase(attempt);
}

std::function<void(std::int64_t)> FileTransfers::teller(std::uint64_t attempt) {
  return [this, attempt, last = std::chrono::steady_clock::time_point()](std::int64_t bytes) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - last < kTellEach) return;
    last = now;
    tell(TransferMoved{attempt, bytes});
  };
}

void FileTransfers::run(const SendFile& effect) {
  begin(effect.attempt);
  up_.enqueue([this, effect] {
    if (!is_wanted(effect.attempt)) return;
    auto sent = send(effect);
    if (!is_wanted(effect.attempt)) return;
    end(effect.attempt);
    tell(UploadEnded{effect.attempt, effect.row.key, std::move(sent)});
  });
}

void FileTransfers::run(const WithdrawFile& effect) {
  up_.enqueue([this, effect] {
    // A connection that was idle may have been closed by the server: that shows with the first request.
    auto& http = up_line_.to(effect.from);
    if (auto gone = link::withdraw_upload(http, effect.file); !gone && link::is_passing(gone.error()))
      static_cast<void>(link::withdraw_upload(http, effect.file));
  });
}

void FileTransfers::run(const FetchFile& effect) {
  begin(effect.attempt);
  down_.enqueue([this, effect] {
    if (!is_wanted(effect.attempt)) return;
    auto path = fetch(effect);
    if (!is_wanted(effect.attempt)) return;
    end(effect.attempt);
    tell(FetchEnded{effect.attempt, effect.file.id, std::move(path)});
  });
}

void FileTransfers::run(const StopTransfer& effect) {
  end(effect.attempt);
}

// Whoever scrolls through a long room looks at what came last. What was passed by isn't loaded at all; it is
// asked for again when it comes into sight.
void FileTransfers::run(const LoadPicture& effect) {
  std::optional<LoadPicture> passed;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_pictures_.size() == kMostPicturesWaiting) {
      passed = std::move(waiting_pictures_.front());
      waiting_pictures_.erase(waiting_pictures_.begin());
    }
    waiting_pictures_.push_back(effect);
  }
  if (passed)
    tell(PictureLoaded{
        picture_key(passed->file.id, passed->large),
        make_error(ErrorCode::unavailable, "It was passed by.", std::string(kPictureWasPassed))});
  pictures_.enqueue([this] { load_next(); });
}

void FileTransfers::load_next() {
  std::optional<LoadPicture> next;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_pictures_.empty()) return;
    next = std::move(waiting_pictures_.back());
    waiting_pictures_.pop_back();
  }
  auto loaded = load(*next);
  const std::string key = picture_key(next->file.id, next->large);
  if (!loaded) return tell(PictureLoaded{key, loaded.error()});
  // The pixels first: whoever hears that they are there may look at once. Shared, since a job of the inbox
  // is copied.
  const auto pixels = std::make_shared<pictures::Pixels>(std::move(*loaded));
  inbox_.post([this, key, pixels] {
    const bool is_there = handlers_.picture && handlers_.picture(key, *pixels);
    handlers_.event(PictureLoaded{key, is_there ? ok() : Result<void>(no_room_for_picture())});
  });
}

// Where to go on: where the server is, or at the beginning of a new upload.
Result<std::int64_t> FileTransfers::find_upload(link::HttpClient& http, const SendFile& effect,
                                                std::string& file) {
  const auto& row = effect.row;
  if (!row.file.empty()) {
    auto there = link::ask_offset(http, row.file);
    if (!there && there.error().code != ErrorCode::not_found) return there;
    if (there) {
      file = row.file;
      return there;
    }
  }
  auto begun = link::begin_upload(http, row.place.room, row.name, row.size);
  if (!begun) return begun.error();
  file = *begun;
  tell(UploadBegun{effect.attempt, row.key, file});
  return std::int64_t{0};
}

Result<void> FileTransfers::send(const SendFile& effect) {
  const auto& row = effect.row;
  auto opened = OwnFile::open(row.path);
  if (!opened) return opened.error();
  if (auto same = opened->check_unchanged(row.size, row.modified_ns); !same) return same;
  link::HttpClient& http = up_line_.to(effect.to);
  std::string file;
  const auto begun = find_upload(http, effect, file);
  if (!begun) return begun.error();
  std::int64_t offset = *begun;
  const auto moved = teller(effect.attempt);
  moved(offset);
  while (offset < row.size) {
    link::UploadStep step{file, offset, row.size, {}};
    step.read = [&opened, &moved, at = offset](std::size_t most) mutable -> Result<std::string> {
      auto piece = opened->read(at, most);
      if (!piece) return piece;
      at += static_cast<std::int64_t>(piece->size());
      moved(at);
      return piece;
    };
    step.is_unwanted = [this, &effect] { return up_.is_stopping() || !is_wanted(effect.attempt); };
    const auto sent = link::send_rest(http, std::move(step));
    if (!sent) return sent.error();
    if (*sent <= offset) return unavailable("The upload has stalled. Trying again.");
    offset = *sent;
  }
  // What was read before and after a change belongs to no file that there ever was.
  if (auto same = opened->check_unchanged(row.size, row.modified_ns); !same) {
    static_cast<void>(link::withdraw_upload(http, file));
    return same;
  }
  return ok();
}

Result<std::string> FileTransfers::fetch(const FetchFile& effect) {
  const auto& file = effect.file;
  const bool named = !effect.path.empty();
  const auto path = named ? expand_home(effect.path) : free_path(downloads_folder(), safe_name(file.name));
  const auto is_taken = [&] {
    std::error_code unknown;
    return !effect.replaces && std::filesystem::exists(std::filesystem::symlink_status(path, unknown));
  };
  const Error taken =
      conflict("target_exists", path.string() + " is there already. Save it under another name.");
  if (is_taken()) return taken;
  auto target = TargetFile::open(path);
  if (!target) return target.error();
  const auto moved = teller(effect.attempt);
  std::int64_t came = 0;
  link::FileFetch fetching(file.id, [&](std::string_view bytes) -> Result<void> {
    came += static_cast<std::int64_t>(bytes.size());
    if (came > file.size)
      return conflict("file_differs", "The server sent more than the file holds. Nothing was kept.");
    moved(came);
    return target->write(bytes);
  });
  const auto is_unwanted = [this, &effect] { return down_.is_stopping() || !is_wanted(effect.attempt); };
  for (int tries = 0;;) {
    const std::int64_t before = fetching.bytes();
    const auto done = fetching.go_on(down_line_.to(effect.from), is_unwanted);
    if (done) break;
    tries = fetching.bytes() > before ? 0 : tries + 1;
    if (!link::is_passing(done.error()) || is_unwanted() || tries == kMostTries) return done.error();
    for (auto waited = kNap; waited < kWaitBetween && !is_unwanted(); waited += kNap)
      std::this_thread::sleep_for(kNap);
  }
  if (auto checked = fetching.check(file.sha256); !checked) return checked.error();
  if (is_taken()) return taken;
  if (auto kept = target->keep(); !kept) return kept.error();
  return path.string();
}

Result<pictures::Pixels> FileTransfers::load(const LoadPicture& effect) {
  const auto& file = effect.file;
  std::string bytes;
  link::FileFetch fetching(file.id, [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    if (static_cast<std::int64_t>(bytes.size()) > file.size)
      return conflict("file_differs", "The server sent more than the picture holds.");
    return ok();
  });
  const auto is_unwanted = [this] { return pictures_.is_stopping(); };
  auto done = fetching.go_on(picture_line_.to(effect.from), is_unwanted);
  if (!done && link::is_passing(done.error()) && !is_unwanted())
    done = fetching.go_on(picture_line_.to(effect.from), is_unwanted);
  if (!done) return done.error();
  if (auto checked = fetching.check(file.sha256); !checked) return checked.error();
  return pictures::decode_apart(bytes, effect.large ? kLargeBox : kInlineBox, is_unwanted);
}

}  // namespace wardroom::client
