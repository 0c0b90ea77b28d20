#include <fstream>
#include <ostream>
#include <set>
#include <span>
#include <sstream>
#include <thread>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/irc_log/log.hpp"
#include "ctl/irc_log/repaired_text.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminImportMessages;

constexpr std::size_t kBatchMessages = 500;
constexpr std::size_t kBatchBytes =
    protocol::kMaxRequestBytes - 4 * 1024;  // leaves room for what stands around
constexpr int kBatchAttempts = 10;

constexpr std::string_view kLegend =
    "\nADDED now, KNOWN from before, AUTHORS new. Skipped: EVENTS (joins, parts, quits, nick changes, "
    "modes), EMPTY lines,\n"
    "lines of UNKNOWN form. Repaired: RECODED from Windows-1252, CLEANED of control characters, SPLIT "
    "because "
    "over 16 KiB,\n"
    "UNTIMED and given the time of the line before.\n";

static_assert(irc_log::kMaxTextBytes == protocol::kMaxTextBytes);

// The ids of the first messages of all logs in one import: a short one beside a long one isn't the long one
// as it was before.
std::set<std::string> heads_of(const std::vector<irc_log::Log>& logs) {
  std::set<std::string> heads;
  for (const auto& log : logs)
    for (std::size_t i = 0; i < std::min(log.messages.size(), irc_log::kContext); ++i)
      heads.insert(log.messages[i].client_id);
  return heads;
}

struct Imported {
  irc_log::Counts counts;
  std::int64_t added = 0;
  std::int64_t known = 0;
  std::int64_t authors = 0;

  Imported& operator+=(const Imported& other) {
    counts += other.counts;
    added += other.added;
    known += other.known;
    authors += other.authors;
    return *this;
  }
};

// Sends batches, and comes back with the same batch when the server is busy or the connection broke: what it
// has already, it knows by the client_id.
class Importer {
 public:
  Importer(const Context& context, Client client, RoomId room, std::set<std::string> heads)
      : context_(context), client_(std::move(client)), room_(room), heads_(std::move(heads)) {}

  Result<Imported> import(const irc_log::Log& log) {
    Imported imported;
    imported.counts = log.counts;
    AdminImportMessages::Params batch{room_, "irc", {}, {}};
    std::size_t bytes = 0;
    const auto head = find_known_head(log);
    if (!head) return head.error();
    imported.known = static_cast<std::int64_t>(*head);
    for (const auto& message : std::span(log.messages).subspan(*head)) {
      auto entry = entry_of(message);
      const auto size = protocol::encode(entry).size() + 1;
      if (batch.messages.size() == kBatchMessages || bytes + size > kBatchBytes) {
        if (auto sent = send(batch, imported); !sent) return sent.error();
        bytes = 0;
      }
      bytes += size;
      batch.messages.push_back(std::move(entry));
    }
    if (auto sent = send(batch, imported); !sent) return sent.error();
    return imported;
  }

 private:
  static AdminImportMessages::Entry entry_of(const irc_log::Message& message) {
    return {message.client_id, message.author, message.at, message.text};
  }

  // How many of the first messages of a log are there under ids that they have no more. When the one behind
  // them, which those before it tell from every other, is there, the log was read before, perhaps under
  // another name or before its front was cut off. Otherwise it may have been read when it was no longer than
  // its head.
  Result<std::size_t> find_known_head(const irc_log::Log& log) {
    if (log.messages.size() > irc_log::kContext) {
      const auto is_read = is_any_known({entry_of(log.messages[irc_log::kContext])});
      if (!is_read) return is_read.error();
      if (*is_read) return irc_log::kContext;
    }
    const auto head = std::min(log.messages.size(), irc_log::kContext);
    for (std::size_t i = 0; i < head; ++i) {
      const auto is_read = is_any_known(earlier_entries(log, i));
      if (!is_read) return is_read.error();
      if (!*is_read) return i;
    }
    return head;
  }

  // A message as it was sent when the log was shorter, by each length.
  std::vector<AdminImportMessages::Entry> earlier_entries(const irc_log::Log& log, std::size_t at) const {
    std::vector<AdminImportMessages::Entry> entries;
    for (std::size_t length = at + 1; length <= irc_log::kContext && length < log.messages.size(); ++length) {
      auto entry = entry_of(log.messages[at]);
      entry.client_id = irc_log::head_ids(log, length)[at];
      if (!heads_.contains(entry.client_id)) entries.push_back(std::move(entry));
    }
    return entries;
  }

  // Whether one of them is in this room.
  Result<bool> is_any_known(const std::vector<AdminImportMessages::Entry>& entries) {
    if (entries.empty()) return false;
    const auto answer = call({room_, "irc", entries, true});
    if (answer) return answer->known > 0;
    if (answer.error().reason != "client_id_reused") return answer.error();
    if (entries.size() == 1) return false;  // it is in another room
    for (const auto& entry : entries) {
      const auto is_known = is_any_known({entry});
      if (!is_known || *is_known) return is_known;
    }
    return false;
  }

  Result<void> send(AdminImportMessages::Params& batch, Imported& imported) {
    if (batch.messages.empty()) return ok();
    const auto sent = call(batch);
    if (!sent) return sent.error();
    imported.added += sent->added;
    imported.known += sent->known;
    imported.authors += sent->authors_added;
    batch.messages.clear();
    return ok();
  }

  Result<AdminImportMessages::Result> call(const AdminImportMessages::Params& batch) {
    auto sent = client_->call<AdminImportMessages>(batch);
    for (int attempt = 1; !sent && attempt < kBatchAttempts; ++attempt) {
      const auto& error = sent.error();
      if (error.code != ErrorCode::rate_limited && error.code != ErrorCode::unavailable) break;
      std::this_thread::sleep_for(std::max(error.retry_after, std::chrono::milliseconds{100} * attempt));
      const bool is_lost = error.reason == link::reason::kConnectionLost ||
                           error.reason == link::reason::kOffline || error.reason == link::reason::kTimeout;
      if (is_lost || is_gone_) is_gone_ = !reconnect();
      if (!is_gone_) sent = client_->call<AdminImportMessages>(batch);
    }
    return sent;
  }

  bool reconnect() {
    auto client = connect(context_);
    if (client) client_ = std::move(*client);
    return client.has_value();
  }

  const Context& context_;
  Client client_;
  const RoomId room_;
  const std::set<std::string> heads_;
  bool is_gone_ = false;
};

Result<std::string> read_log(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    if (in && in.peek() == std::ifstream::traits_type::eof()) return std::string();
    return not_found("Can't read " + file.string() + ".");
  }
  return text.str();
}

// A file from which nothing is read isn't an empty conversation: it is of a form that isn't known.
Error no_messages(const std::filesystem::path& file, std::string_view bytes, const irc_log::Counts& counts) {
  const auto first = irc_log::repair_text(bytes.substr(0, std::min<std::size_t>(bytes.find('\n'), 100))).text;
  return make_error(
      ErrorCode::params,
      file.filename().string() + ": none of its " + std::to_string(counts.lines) + " lines is a message (" +
          std::to_string(counts.events) + " events, " + std::to_string(counts.empty) + " empty, " +
          std::to_string(counts.unknown) + " of no known form). It begins with: " + first +
          "\nKnown are the logs that irssi, WeeChat, HexChat and mIRC write by default, and those of "
          "irclogs.ubuntu.com.",
      "no_messages");
}

void tell_unknown(const Context& context, const std::filesystem::path& file, const irc_log::Log& log) {
  if (log.unknown_lines.empty()) return;
  context.err << file.filename().string() << ": skipped " << log.counts.unknown
              << " lines of no known form, first at line";
  for (const auto line : log.unknown_lines) context.err << " " << line;
  context.err << "\n";
}

// Before anything is sent, so that a wrong name in a long list doesn't leave half an import.
Result<std::vector<irc_log::Log>> read_all(const Context& context, const ImportArguments& arguments,
                                           const irc_log::Zone& zone) {
  std::vector<irc_log::Log> logs;
  std::size_t messages = 0;
  for (const auto& file : arguments.files) {
    const auto name = file.filename().string();
    const auto bytes = read_log(file);
    if (!bytes) return bytes.error();
    auto log =
        irc_log::parse_log(*bytes, {arguments.day ? arguments.day : irc_log::find_day(name), zone, name});
    if (log.needs_day)
      return usage_error(file.string() +
                         " says nowhere which day it is of, and its name has no date in it. Say the day with "
                         "--date YYYY-MM-DD.");
    tell_unknown(context, file, log);
    messages += log.messages.size();
    // A day on which people only came and went is in order beside others.
    const bool is_last = &file == &arguments.files.back();
    if (log.messages.empty() && !bytes->empty() && (log.counts.unknown > 0 || (is_last && messages == 0)))
      return no_messages(file, *bytes, log.counts);
    logs.push_back(std::move(log));
  }
  return logs;
}

// Exactly the room that was named; a new one where there is none.
Result<RoomId> find_or_make_room(link::BlockingClient& client, const std::string& typed) {
  const auto room = find_any_room(client, typed);
  if (room) return room->id;
  if (room.error().code != ErrorCode::not_found) return room.error();
  const auto name = typed.starts_with('#') ? typed.substr(1) : typed;
  const auto made = client.call<protocol::RoomCreate>({name, protocol::RoomKind::public_, std::nullopt});
  if (made) return made->room.id;
  if (made.error().reason != "name_taken") return made.error();
  return make_error(
      ErrorCode::conflict,
      "#" + name +
          " is, or looks like, the name of a room that you may not know of. Ask to be let in, or name "
          "it by its id: --room id:12.",
      "name_taken");
}

// The columns of the report; json_of names them.
std::vector<std::string> row_of(const std::string& name, const Imported& imported) {
  const auto& c = imported.counts;
  const auto text = [](auto number) { return std::to_string(number); };
  return {name,
          text(c.lines),
          text(c.said),
          text(imported.added),
          text(imported.known),
          text(imported.authors),
          text(c.events),
          text(c.empty),
          text(c.unknown),
          text(c.encoding),
          text(c.controls),
          text(c.split),
          text(c.untimed)};
}

std::string json_of(const std::string& name, const Imported& imported) {
  static constexpr const char* kNames[] = {"lines",
                                           "messages",
                                           "added",
                                           "known",
                                           "authors_added",
                                           "skipped_events",
                                           "skipped_empty",
                                           "skipped_unknown",
                                           "repaired_encoding",
                                           "repaired_controls",
                                           "split",
                                           "untimed"};
  const auto row = row_of(name, imported);
  std::string json = "{\"file\":";
  protocol::append_json_string(json, name);
  for (std::size_t i = 1; i < row.size(); ++i) json += ",\"" + std::string(kNames[i - 1]) + "\":" + row[i];
  return json + "}";
}

}  // namespace

Result<void> import_irc_log(const Context& context, const ImportArguments& arguments) {
  const auto zone = arguments.zone.empty() ? irc_log::local_zone() : irc_log::parse_zone(arguments.zone);
  if (!zone)
    return usage_error("There is no time zone " + arguments.zone +
                       ". Write a name like Europe/Berlin, an offset like +09:00, or UTC.");
  const auto logs = read_all(context, arguments, *zone);
  if (!logs) return logs.error();
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_or_make_room(**client, arguments.room);
  if (!room) return room.error();
  Importer importer(context, std::move(*client), *room, heads_of(*logs));
  Table table({"FILE", "LINES", "MESSAGES", "ADDED", "KNOWN", "AUTHORS", "EVENTS", "EMPTY", "UNKNOWN",
               "RECODED", "CLEANED", "SPLIT", "UNTIMED"});
  Imported total;
  for (std::size_t i = 0; i < logs->size(); ++i) {
    const auto name = arguments.files[i].filename().string();
    const auto imported = importer.import((*logs)[i]);
    if (!imported) {
      Error error = imported.error();
      error.message = name + ": " + error.message;
      if (error.field.ends_with(".at"))
        error.message += " The log's times were read as " + zone->name + "; say another zone with --zone.";
      error.message += " What was brought in before stays; run it again to go on.";
      return error;
    }
    total += *imported;
    table.add(row_of(name, *imported));
    if (context.json) context.out << json_of(name, *imported) << std::endl;
  }
  if (context.json) return ok();
  table.add(row_of("total", total));
  table.print(context.out);
  context.out << kLegend << "Times that don't say their zone were read as " << zone->name
              << "; --zone says another.\n";
  return ok();
}

}  // namespace wardroom::ctl
