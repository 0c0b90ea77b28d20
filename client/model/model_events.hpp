#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "common/desk/model/call.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/tick.hpp"
#include "protocol/catalogue.hpp"
#include "protocol/discovery.hpp"

// What happens outside the window, as values that are folded into the model.
namespace wardroom::client {

struct Turn;

struct WindowFocused {
  bool focused = false;
};
// The first event: what earlier runs left. `note` is a sentence for the person, for example that the cache
// was damaged and rebuilt.
struct ProfileLoaded {
  std::optional<Credentials> credentials;
  Settings settings;
  CachedState cached;
  std::string note;
};
// All that have answered so far, as they came; nothing of it is proven.
struct ServersFound {
  std::vector<protocol::ServerOffer> servers;
  bool more = false;    // others answered that aren't among them
  bool over = false;    // nobody is asked any more
  std::string problem;  // why nobody could be asked
};
struct PageLoaded {
  RoomId room;
  std::optional<Seq> before;
  std::optional<Seq> after;
  std::vector<protocol::Message> messages;  // ascending
  bool end = false;                         // the cache covers nothing further in that direction
  bool failed = false;                      // the cache couldn't be read: the server must be asked
};
struct ThreadLoaded {
  ThreadName thread;
  std::vector<protocol::Message> messages;  // ascending
};
struct CacheSearched {
  RoomId room;
  std::string query;
  std::vector<protocol::SearchHit> hits;  // newest first
  bool more = false;                      // there are others
  bool failed = false;                    // the cache couldn't be read
};
// The cache covers the room only from `from` on: retention took what came before.
struct MessagesTrimmed {
  RoomId room;
  Seq from;
};
struct OutboxSaved {
  std::string client_id;
  Result<void> result;
};
// A wardroom:// link that came from outside, for example from a second start of the program.
struct LinkReceived {
  std::string link;
};
// What the person did with a notification: pressed it, wrote an answer into it, put it away.
struct NotificationPressed {
  RoomId room;
  Seq seq;  // as it was told
};
struct NotificationReplied {
  RoomId room;
  std::string text;
};
struct NotificationGone {
  RoomId room;
};
// What the desktop offers, as soon as it is known, and each time it changes.
struct AttentionFound {
  AttentionSupport support;
};
struct TrayPressed {
  enum class Act { open, do_not_disturb, quit };
  Act act = Act::open;
};
struct IdleChanged {
  bool idle = false;
};
struct AutostartKnown {
  bool able = false;  // this system has a place for it
  bool on = false;
  std::string error;  // why it couldn't be changed
};

// Of which languages dictionaries are installed, as "de_DE", and which language this PC speaks.
struct DictionariesFound {
  std::vector<std::string> languages;
  std::string preferred;
};
// Which of the words that were asked for nobody knows.
struct WordsChecked {
  std::uint64_t generation = 0;
  std::vector<std::string> unknown;
};
struct WordSuggested {
  std::uint64_t generation = 0;
  std::string word;
  bool known = false;                // it is right as it is
  std::vector<std::string> instead;  // likeliest first
};

// Files of this PC that are to be attached, as they are now.
struct LocalFile {
  std::string path;
  std::string name;
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;
};
struct FilesSeen {
  WritingPlace place;
  std::vector<LocalFile> files;
  std::string problem;     // about those that can't be, a sentence
  bool no_dialog = false;  // the desktop has none in which to choose
};
struct UploadBegun {
  std::uint64_t attempt = 0;
  std::string key;
  std::string file;
};
// So many bytes of the whole are there.
struct TransferMoved {
  std::uint64_t attempt = 0;
  std::int64_t bytes = 0;
};
struct UploadEnded {
  std::uint64_t attempt = 0;
  std::string key;
  Result<void> result;
};
struct FetchEnded {
  std::uint64_t attempt = 0;
  std::string file;          // its id
  Result<std::string> path;  // where it is now
};
// Not loaded, because others came into sight since it was asked for: the reason of the error.
inline constexpr std::string_view kPictureWasPassed = "picture_passed";
struct PictureLoaded {
  std::string key;  // picture_key()
  Result<void> result;
};
struct TargetChosen {
  protocol::File file;
  std::string path;        // empty: the person thought better of it
  bool no_dialog = false;  // the desktop has none: `path` is where it could go
};

using desk::LinkChanged;
using desk::PinFetched;
using desk::Tick;

using Event = boost::mp11::mp_append<
    std::variant<Tick>, desk::Event,
    std::variant<desk::Answered<Turn>, WindowFocused, ProfileLoaded, ServersFound, PageLoaded, ThreadLoaded,
                 CacheSearched, MessagesTrimmed, OutboxSaved, LinkReceived, NotificationPressed,
                 NotificationReplied, NotificationGone, AttentionFound, TrayPressed, IdleChanged,
                 AutostartKnown, DictionariesFound, WordsChecked, WordSuggested, FilesSeen, UploadBegun,
                 TransferMoved, UploadEnded, FetchEnded, PictureLoaded, TargetChosen>,
    boost::mp11::mp_rename<protocol::Events, std::variant>>;

}  // namespace wardroom::client
