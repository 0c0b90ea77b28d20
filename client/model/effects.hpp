#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "client/model/message_change.hpp"
#include "common/desk/model/call.hpp"
#include "common/desk/model/effects.hpp"

// What the model asks the world to do, as values. The effect runner takes them in order.
namespace wardroom::client {

struct Turn;

using desk::CloseLink;
using desk::FetchPin;
using desk::LoadWitness;
using desk::OpenSession;
using desk::ResumeSession;
using desk::RetryNow;
using desk::SaveCredentials;
using desk::SaveWitness;

// A way in for who has no account yet.
struct AcceptInvite {
  Introduction server;
  Secret token;
  std::optional<std::string> name;
  std::string display_name;
  Secret password;
  std::optional<Secret> code;
};
// Whether the invite can still be used, before its owner fills in a form. Ends as a refused way in.
struct CheckInvite {
  Introduction server;
  Secret token;
};
// The local network is asked for servers. Answered by ServersFound, again and again until the search is over.
struct FindServers {};
// The cache. SaveOutbox is answered by OutboxSaved, once the row is on disk; LoadPage by PageLoaded,
// SearchCache by CacheSearched.
struct SaveOutbox {
  OutboxRow row;
  std::string replaces = {};              // the client_id of a row that goes with it: both or neither
  std::vector<std::string> uploads = {};  // by their keys: they are this message's from then on
};
struct EraseOutbox {
  std::string client_id;
};
struct SaveUpload {
  UploadRow row;
};
struct EraseUpload {
  std::string key;
};
// In one transaction: the messages, what the cache then covers, and the outbox rows that they replace.
struct StoreMessages {
  RoomId room;
  std::vector<protocol::Message> messages;
  Coverage coverage;
  std::vector<std::string> sent;
};
// A cached message changes; one that isn't cached stays unknown.
struct ChangeMessage {
  MessageChange change;
  Coverage coverage;
};
struct StoreRoom {
  protocol::MyRoom room;
  Coverage coverage;
};
struct DropRoom {
  RoomId room;
};
struct DropMessages {
  RoomId room;
};
// What was posted before that time goes. Answered by MessagesTrimmed when something was there.
struct TrimMessages {
  RoomId room;
  TimePoint before;
};
struct StorePeople {
  std::vector<protocol::User> people;
};
struct StoreEpoch {
  std::int64_t epoch = 0;
};
// Rooms, people and messages go, and what is known of the server's drafts; the outbox, drafts and settings
// stay.
struct DropRooms {};
// Everything but the settings goes.
struct EraseCache {};
struct SaveDraft {
  RoomId room;
  std::string text;
};
struct SaveThreadDraft {
  ThreadName thread;
  std::string text;
};
// A draft as the server has it: who wrote at it since can be told after the next start, too.
struct SaveToldDraft {
  WritingPlace place;
  std::string text;
};
// Of the threads that the person follows, without the roots; with `all`: no others are followed.
struct StoreThreads {
  std::vector<protocol::MyThread> threads;
  bool all = false;
};
// What the cache has of a thread: its root and the replies. Answered by ThreadLoaded.
struct LoadThread {
  ThreadName thread;
};
struct SaveSettings {
  Settings settings;
};
// The `limit` covered messages next to `before` or `after`.
struct LoadPage {
  RoomId room;
  std::optional<Seq> before;
  std::optional<Seq> after;
  std::size_t limit = 0;
};

// Covered messages that have the words, the newest first: of one room, or of all where none is set.
struct SearchCache {
  RoomId room;
  std::string query;
  std::size_t limit = 0;
};

// What is shown outside the window. Of a room there is one notification: the next takes its place. Pressing
// it is answered by NotificationPressed, what is written into it by NotificationReplied.
struct Notify {
  RoomId room;
  Seq seq;  // what a press leads to; not set: the room
  std::string title;
  std::string text;
  bool may_reply = false;
  bool sound = false;
  bool silent = false;  // what is there changed; nothing new came
};
struct WithdrawNotification {
  RoomId room;
};
struct ShowTray {
  TrayProps tray;
};
// IdleChanged is told once nobody has touched the PC for so long, and once somebody does; 0: no more.
struct WatchIdle {
  std::chrono::minutes after{0};
};
// Whether the program starts with the desktop's session; answered by AutostartKnown.
struct ChangeAutostart {
  bool on = false;
};
// Which of the words no dictionary of these languages knows; answered by WordsChecked.
struct LookUpWords {
  std::uint64_t generation = 0;
  std::vector<std::string> languages;
  std::vector<std::string> words;
};
// What to write instead; answered by WordSuggested, unless another word is asked for before its turn comes.
struct SuggestWords {
  std::uint64_t generation = 0;
  std::vector<std::string> languages;
  std::string word;
};
struct AskWindow {
  enum class Act { raise, close };
  Act act = Act::raise;
};
// The rest of the PC.
struct OpenUrl {
  std::string url;
};

// Files. Where they are brought and fetched, and as whom.
struct FileServer {
  Introduction introduction;
  Secret token;
};
// What is to be attached: files of these paths; a text or the clipboard's picture, of which a copy is made;
// what the person chooses in the desktop's dialog. Answered by FilesSeen.
struct LookAtFiles {
  WritingPlace place;
  std::vector<std::string> paths;
};
struct KeepText {
  WritingPlace place;
  std::string text;
};
struct KeepClipboardPicture {
  WritingPlace place;
};
struct ChooseFiles {
  WritingPlace place;
};
// If this program made the file at `path` as a copy, it goes.
struct DropCopy {
  std::string path;
};
// From where the server has it to the end. Answered by UploadBegun, TransferMoved and UploadEnded, all with
// `attempt`.
struct SendFile {
  UploadRow row;
  std::uint64_t attempt = 0;
  FileServer to;
};
// An upload that no message will carry. Tried once: what isn't posted goes from the server after a day.
struct WithdrawFile {
  std::string file;
  FileServer from;
};
// Where a file is to go, asked of the person. Answered by TargetChosen.
struct ChooseTarget {
  protocol::File file;
};
// Answered by TransferMoved and FetchEnded. Without a path it goes into the folder of downloads, under a name
// that is free there.
struct FetchFile {
  protocol::File file;
  std::string path;
  bool replaces = false;  // the person said that what is there may go
  std::uint64_t attempt = 0;
  FileServer from;
};
// Nothing more is told of this attempt.
struct StopTransfer {
  std::uint64_t attempt = 0;
};
// Fetches and decodes it. The pixels go to the window, and PictureLoaded says that they are there.
struct LoadPicture {
  protocol::File file;
  bool large = false;
  FileServer from;
};
// With the desktop's program for it; a folder with its own.
struct OpenPath {
  std::string path;
  bool folder = false;
};

using Effect = boost::mp11::mp_append<
    desk::Effect,
    std::variant<desk::Call<Turn>, AcceptInvite, CheckInvite, FindServers, SaveOutbox, EraseOutbox,
                 StoreMessages, ChangeMessage, StoreRoom, DropRoom, DropMessages, TrimMessages, StorePeople,
                 StoreEpoch, DropRooms, EraseCache, SaveDraft, SaveSettings, LoadPage, SearchCache,
                 SaveUpload, EraseUpload, SaveThreadDraft, SaveToldDraft, StoreThreads, LoadThread, Notify,
                 WithdrawNotification, ShowTray, WatchIdle, ChangeAutostart, LookUpWords, SuggestWords,
                 AskWindow, OpenUrl, LookAtFiles, KeepText, KeepClipboardPicture, ChooseFiles, DropCopy,
                 SendFile, WithdrawFile, ChooseTarget, FetchFile, StopTransfer, LoadPicture, OpenPath>>;

using Effects = std::vector<Effect>;

}  // namespace wardroom::client
