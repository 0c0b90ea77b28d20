#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::client {

// The effects that are the cache's, in the model's order.
using CacheJob = std::variant<SaveOutbox, EraseOutbox, StoreMessages, ChangeMessage, StoreRoom, DropRoom,
                              DropMessages, TrimMessages, StorePeople, StoreEpoch, DropRooms, EraseCache,
                              SaveDraft, SaveSettings, LoadPage, SearchCache, SaveUpload, EraseUpload,
                              SaveThreadDraft, SaveToldDraft, StoreThreads, LoadThread>;

// What the person left on this PC: rooms, messages, the outbox, drafts, settings, in one SQLite file. Used by
// one thread at a time. What was committed survives a crash of the program and a loss of power.
class CacheFile {
 public:
  struct Opened {
    std::unique_ptr<CacheFile> cache;
    CachedState state;
    Settings settings;
    std::string note;  // for the person; not empty when a damaged cache was rebuilt
  };
  // Opens or makes `file`. A damaged one is set aside as `file`.damaged and replaced by a new one; what can
  // still be read of its outbox, drafts and settings is brought over. `vfs` names another sqlite3_vfs, for
  // tests.
  static Result<Opened> open(const std::filesystem::path& file, const char* vfs = nullptr);
  // The same for a file whose damage showed later. Nobody else may have it open.
  static Result<Opened> remake(const std::filesystem::path& file, const char* vfs = nullptr);

  // All of them or, after an error, none. Pages that were asked for are appended to `pages`.
  Result<void> apply(const std::vector<CacheJob>& jobs, std::vector<PageLoaded>& pages);
  // What the last apply() trimmed.
  const std::vector<MessagesTrimmed>& trimmed() const { return trimmed_; }
  // What the searches among them found.
  const std::vector<CacheSearched>& searched() const { return searched_; }
  // The threads that it loaded.
  const std::vector<ThreadLoaded>& threads() const { return threads_; }

 private:
  explicit CacheFile(std::unique_ptr<sqlite::Connection> db) : db_(std::move(db)) {}

  static Result<Opened> open_sound(const std::filesystem::path& file, const char* vfs);
  Result<void> load(Opened& into);
  void load_rooms(CachedState& state);
  void load_outbox(CachedState& state);
  void load_uploads(CachedState& state);
  void load_thread_drafts(CachedState& state);
  void load_told_drafts(CachedState& state);
  void load_threads(CachedState& state);
  void load_settings(Settings& settings, CachedState& state);

  void run(const SaveOutbox& job);
  void run(const EraseOutbox& job);
  void run(const StoreMessages& job);
  void run(const ChangeMessage& job);
  void run(const StoreRoom& job);
  void run(const DropRoom& job);
  void run(const DropMessages& job);
  void run(const TrimMessages& job);
  void run(const StorePeople& job);
  void run(const StoreEpoch& job);
  void run(const DropRooms& job);
  void run(const EraseCache& job);
  void run(const SaveDraft& job);
  void run(const SaveSettings& job);
  void run(const SaveUpload& job);
  void run(const EraseUpload& job);
  void set_meta(const std::string& key, const std::string& value);
  std::optional<std::string> meta(const std::string& key);
  void store_message(RoomId room, const protocol::Message& message);
  PageLoaded page(const LoadPage& job);
  void run(const SearchCache& job);
  void run(const SaveThreadDraft& job);
  void run(const SaveToldDraft& job);
  void run(const StoreThreads& job);
  void run(const LoadThread& job);

  std::unique_ptr<sqlite::Connection> db_;
  std::vector<MessagesTrimmed> trimmed_;
  std::vector<CacheSearched> searched_;
  std::vector<ThreadLoaded> threads_;
};

}  // namespace wardroom::client
