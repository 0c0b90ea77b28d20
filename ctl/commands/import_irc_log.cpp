#include <fstream>
#include <ostream>
#include <sstream>
#include <thread>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_room.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/irc_log/log.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminImportMessages;

constexpr std::size_t kBatchMessages = 500;
constexpr std::size_t kBatchBytes =
    protocol::kMaxRequestBytes - 4 * 1024;  // leaves room for what stands around
constexpr int kAttempts = 10;

constexpr std::string_view kLegend =
    "\nADDED now, KNOWN from before, AUTHORS new. Skipped: EVENTS (joins, parts, quits, nick changes, "
    "modes), EMPTY lines,\n"
    "lines of UNKNOWN form. Mended: RECODED from Windows-1252, CLEANED of control characters, SPLIT because "
    "over 16 KiB,\n"
    "UNTIMED and given the time of the line before.\n";

static_assert(irc_log::kMaxTextBytes == protocol::kMaxTextBytes);

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
  Importer(const Context& context, Client client, RoomId room)
      : context_(context), client_(std::move(client)), room_(room) {}

  Result<Imported> import(const irc_log::Log& log) {
    Imported imported;
    imported.counts = log.counts;
    AdminImportMessages::Params batch{room_, "irc", {}};
    std::size_t bytes = 0;
    for (const auto& message : log.messages) {
      AdminImportMessages::Entry entry{message.client_id, message.author, message.at, message.text};
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
  Result<void> send(AdminImportMessages::Params& batch, Imported& imported) {
    if (batch.messages.empty()) return ok();
    auto sent = client_->call<AdminImportMessages>(batch);
    for (int attempt = 1; !sent && attempt < kAttempts; ++attempt) {
      const auto& error = sent.error();
      if (error.code != ErrorCode::rate_limited && error.code != ErrorCode::unavailable) break;
      std::this_thread::sleep_for(std::max(error.retry_after, std::chrono::milliseconds{100} * attempt));
      const bool is_lost = error.reason == link::reason::kConnectionLost ||
                           error.reason == link::reason::kOffline || error.reason == link::reason::kTimeout;
      if (is_lost || is_gone_) is_gone_ = !reconnect();
      if (!is_gone_) sent = client_->call<AdminImportMessages>(batch);
    }
    if (!sent) return sent.error();
    imported.added += sent->added;
    imported.known += sent->known;
    imported.authors += sent->authors_added;
    batch.messages.clear();
    return ok();
  }

  bool reconnect() {
    auto client = connect(context_);
    if (client) client_ = std::move(*client);
    return client.has_value();
  }

  const Context& context_;
  Client client_;
  const RoomId room_;
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

// Before anything is sent, so that a wrong name in a long list doesn't leave half an import.
Result<std::vector<irc_log::Log>> read_all(const Context& context, const ImportArguments& arguments) {
  std::vector<irc_log::Log> logs;
  for (const auto& file : arguments.files) {
    const auto day = arguments.day ? arguments.day : irc_log::find_day(file.filename().string());
    if (!day)
      return usage_error("The name of " + file.string() +
                         " has no date in it. Say the log's day with --date YYYY-MM-DD.");
    const auto bytes = read_log(file);
    if (!bytes) return bytes.error();
    logs.push_back(irc_log::parse_log(*bytes, *day));
    if (const auto& unknown = logs.back().unknown_lines; !unknown.empty()) {
      context.err << file.filename().string() << ": skipped " << logs.back().counts.unknown
                  << " lines of no known form, first at line";
      for (const auto line : unknown) context.err << " " << line;
      context.err << "\n";
    }
  }
  return logs;
}

Result<RoomId> find_or_make_room(link::BlockingClient& client, const std::string& typed) {
  if (const auto room = find_room(client, typed)) return room->id;
  const auto name = typed.starts_with('#') ? typed.substr(1) : typed;
  const auto made = client.call<protocol::RoomCreate>({name, protocol::RoomKind::public_, std::nullopt});
  if (made) return made->room.id;
  if (made.error().reason != "name_taken") return made.error();
  // It is there, but one isn't in it.
  const auto found = client.call<protocol::RoomBrowse>({name, std::nullopt, std::nullopt});
  if (found && !found->rooms.empty()) {
    const auto joined = client.call<protocol::RoomJoin>({found->rooms.front().id});
    if (!joined) return joined.error();
    return joined->room.id;
  }
  return made.error();
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
  static constexpr const char* kNames[] = {"lines",           "messages",        "added",
                                           "known",           "authors_added",   "skipped_events",
                                           "skipped_empty",   "skipped_unknown", "mended_encoding",
                                           "mended_controls", "split",           "untimed"};
  const auto row = row_of(name, imported);
  std::string json = "{\"file\":";
  protocol::append_json_string(json, name);
  for (std::size_t i = 1; i < row.size(); ++i) json += ",\"" + std::string(kNames[i - 1]) + "\":" + row[i];
  return json + "}";
}

}  // namespace

Result<void> import_irc_log(const Context& context, const ImportArguments& arguments) {
  const auto logs = read_all(context, arguments);
  if (!logs) return logs.error();
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_or_make_room(**client, arguments.room);
  if (!room) return room.error();
  Importer importer(context, std::move(*client), *room);
  Table table({"FILE", "LINES", "MESSAGES", "ADDED", "KNOWN", "AUTHORS", "EVENTS", "EMPTY", "UNKNOWN",
               "RECODED", "CLEANED", "SPLIT", "UNTIMED"});
  Imported total;
  for (std::size_t i = 0; i < logs->size(); ++i) {
    const auto name = arguments.files[i].filename().string();
    const auto imported = importer.import((*logs)[i]);
    if (!imported) {
      Error error = imported.error();
      error.message =
          name + ": " + error.message + " What was brought in before stays; run it again to go on.";
      return error;
    }
    total += *imported;
    table.add(row_of(name, *imported));
    if (context.json) context.out << json_of(name, *imported) << std::endl;
  }
  if (context.json) return ok();
  table.add(row_of("total", total));
  table.print(context.out);
  context.out << kLegend;
  return ok();
}

}  // namespace wardroom::ctl
