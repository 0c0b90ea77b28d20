#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The words of all messages that are shown, in a file of their own beside the database (decision record
// 0033). It holds nothing that isn't in the database, follows it a moment later, and is rebuilt where it is
// missing, of another version or of another office. Whoever searches looks each message up in the database
// before showing it: an index that lags hides something, and never shows what is gone.
namespace wardroom::store {

struct DocRow;

// The one who writes the index. One thread at a time.
class SearchIndex {
 public:
  // Opens or makes the file; the database must be there. What is damaged is rebuilt.
  static Result<std::unique_ptr<SearchIndex>> open(const std::filesystem::path& file,
                                                   const std::filesystem::path& database);

  // Whether the database was changed since the last step.
  bool has_news();
  // The next question for news is answered with yes.
  void look_again() { seen_version_ = -1; }
  // Takes in what was changed, and the next new messages, `limit` at most; whether some are left.
  Result<bool> step(std::int64_t limit);
  // Empties the index; the next steps fill it.
  Result<void> begin_again();
  // Rewrites the file so that nothing of what left the index is in it. False when somebody still reads the
  // old pages.
  Result<bool> clean();
  // As clean, of the index alone and a piece at a time: for what retention removed. Whether something is
  // left.
  Result<bool> tidy();
  // Messages, of those the database has, that the index has looked at: all of them when it is complete.
  std::int64_t last() const { return last_; }

 private:
  SearchIndex() = default;
  Result<void> load();
  std::vector<std::int64_t> find_changed();
  void find_removed(RoomId room, std::vector<std::int64_t>& ids);
  void drop(std::int64_t id);
  void add(const DocRow& doc);
  Result<void> failure() const;

  std::unique_ptr<sqlite::Connection> database_;  // reads only
  std::unique_ptr<sqlite::Connection> index_;
  std::map<RoomId, Seq> rooms_;  // up to where each room's changes are in
  std::map<RoomId, Seq> ahead_;  // the same, of the step that isn't committed yet
  std::int64_t last_ = 0;        // messages.id up to which they are in
  std::int64_t seen_version_ = -1;
  enum class Tidying { no, begins, goes_on } tidying_ = Tidying::no;
};

// The reading side: a connection to the database to which the index was attached.
Result<void> attach_search_index(sqlite::Connection& db, const std::filesystem::path& file);

struct SearchCandidate {
  std::int64_t id = 0;
  RoomId room;
  Seq seq;
  UserId author;
  TimePoint at;
  std::string text;
  bool edited = false;
  bool pinned = false;
  bool reacted = false;
  std::vector<std::string> files = {};  // the names of what it carries
  bool has_image = false;               // among them, by its bytes
};
// What a search narrows the index by; more can be found than fits. Each inner list: one of these at least.
struct SearchNarrowing {
  std::vector<std::vector<std::vector<std::string>>> all_of;  // one of these at least: all of these terms
  std::optional<std::int64_t> beyond;                         // messages.id
  bool oldest_first = false;
};
// Calls `look` with the messages as they are now, until it returns false.
void find_candidates(sqlite::Connection& db, const SearchNarrowing& narrowing,
                     const std::function<bool(const SearchCandidate&)>& look);
std::optional<std::int64_t> find_message_id(sqlite::Connection& db, RoomId room, Seq seq);
// Whether the index has all messages.
bool is_search_complete(sqlite::Connection& db);

// What the index has of a message beside its words.
std::string room_term(RoomId room);
std::string author_term(UserId author);
inline constexpr const char* kLinkTerm = "__link";
inline constexpr const char* kPinTerm = "__pin";
inline constexpr const char* kReactionTerm = "__react";
inline constexpr const char* kEditedTerm = "__edit";
inline constexpr const char* kFileTerm = "__file";
inline constexpr const char* kImageTerm = "__image";
// Of the years and months that the range touches; none: too many.
std::vector<std::string> time_terms(std::optional<TimePoint> from, std::optional<TimePoint> to,
                                    TimePoint now);

// Compares the index with the messages. Empty: it holds. `behind`: messages that it hasn't looked at yet.
struct SearchCheck {
  std::vector<std::string> findings;  // the first few
  std::int64_t messages = 0;
  std::int64_t behind = 0;
  bool is_other = false;  // of another version or state of the database: the next start rebuilds it
};
// Whether the index was made by this version, of this database, and isn't ahead of it.
bool belongs_to(sqlite::Connection& index, sqlite::Connection& database);
Result<SearchCheck> check_search_index(const std::filesystem::path& file,
                                       const std::filesystem::path& database);

}  // namespace wardroom::store
