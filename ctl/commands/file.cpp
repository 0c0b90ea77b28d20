#include "ctl/commands/file.hpp"

#include <fstream>
#include <functional>
#include <ostream>
#include <thread>

#include "common/base/target_file.hpp"
#include "common/base/uuid.hpp"
#include "common/link/file_transfer.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/profiles.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

// How often a broken upload or download is gone on with, and the wait before each time.
constexpr int kAttempts = 8;
constexpr std::chrono::seconds kWait{2};

Error unreadable(const std::filesystem::path& file) {
  return unavailable(file.string() + " can't be read.");
}

// Reads on where it stands, a piece each time.
std::function<Result<std::string>(std::size_t)> reader_of(const std::filesystem::path& file,
                                                          std::int64_t offset) {
  const auto in = std::make_shared<std::ifstream>(file, std::ios::binary);
  in->seekg(offset);
  return [in, file](std::size_t most) -> Result<std::string> {
    std::string piece(most, '\0');
    in->read(piece.data(), static_cast<std::streamsize>(piece.size()));
    // Its end is no error; not to be able to read is.
    if (in->bad() || (in->fail() && !in->eof())) return unreadable(file);
    piece.resize(static_cast<std::size_t>(in->gcount()));
    return piece;
  };
}

}  // namespace

Result<std::unique_ptr<link::HttpClient>> open_files(const Context& context,
                                                     const link::BlockingClient& client) {
  const auto profile = load_profile(context.profiles_file, context.profile);
  if (!profile) return profile.error();
  return std::make_unique<link::HttpClient>(client.introduction(), profile->token);
}

Result<std::string> send_file(link::HttpClient& http, RoomId room, const std::filesystem::path& file) {
  std::error_code why;
  if (!std::filesystem::is_regular_file(file, why))
    return usage_error(file.string() + " isn't a file that can be sent.");
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file, why));
  if (why) return unreadable(file);
  const auto id = link::begin_upload(http, room, file.filename().string(), size);
  if (!id) return id;
  std::int64_t offset = 0;
  // Why it doesn't go on; that bytes which came can't come again is no reason.
  Error why_not = unavailable("The upload has stalled.");
  for (int attempt = 0; offset < size;) {
    const auto sent = link::send_rest(http, {*id, offset, size, reader_of(file, offset)});
    if (sent && *sent > offset) {
      offset = *sent;
      continue;
    }
    if (!sent && !link::is_passing(sent.error())) return sent.error();
    if (!sent && sent.error().reason != "offset_wrong") why_not = sent.error();
    if (++attempt == kAttempts) return why_not;
    std::this_thread::sleep_for(kWait);
    const auto there = link::ask_offset(http, *id);
    if (there) offset = *there;
    if (!there && !link::is_passing(there.error())) return there.error();
  }
  return id;
}

Result<void> get_file(link::HttpClient& http, const std::string& id, const std::filesystem::path& to) {
  auto target = TargetFile::open(to);
  if (!target) return target.error();
  link::FileFetch fetch(id, [&target](std::string_view bytes) { return target->write(bytes); });
  for (int attempt = 0;;) {
    const std::int64_t before = fetch.bytes();
    const auto came = fetch.go_on(http);
    if (came) break;
    attempt = fetch.bytes() > before ? 0 : attempt + 1;
    if (!link::is_passing(came.error()) || attempt == kAttempts) return came.error();
    std::this_thread::sleep_for(kWait);
  }
  if (auto checked = fetch.check(); !checked) return checked;
  return target->keep();
}

std::filesystem::path local_name(const std::string& name) {
  std::string local =
      name.substr(name.find_last_of("/\\") == std::string::npos ? 0 : name.find_last_of("/\\") + 1);
  if (local.empty()) local = "file";
  if (local.front() == '.') local.insert(0, "_");
  return local;
}

Result<void> file_send(const Context& context, const FileArguments& arguments) {
  if (arguments.files.size() > protocol::kMaxFiles)
    return usage_error("A message carries " + std::to_string(protocol::kMaxFiles) + " files at most.");
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  const auto http = open_files(context, **client);
  if (!http) return http.error();
  std::vector<std::string> ids;
  for (const auto& file : arguments.files) {
    auto id = send_file(**http, room->id, file);
    if (!id) return id.error();
    if (arguments.unposted) context.out << *id << "\n";
    ids.push_back(std::move(*id));
  }
  if (arguments.unposted) return ok();
  // It may have taken long enough for the other connection to be gone.
  const protocol::MessagePost::Params params{room->id, to_string(make_uuid7(SystemClock().now())),
                                             arguments.text, std::nullopt, ids};
  auto posted = (*client)->call<protocol::MessagePost>(params);
  if (!posted && posted.error().code == ErrorCode::unavailable) {
    client = connect(context);
    if (!client) return client.error();
    posted = (*client)->call<protocol::MessagePost>(params);
  }
  if (!posted) return posted.error();
  if (context.json) context.out << protocol::encode(*posted) << "\n";
  return ok();
}

Result<void> file_get(const Context& context, const FileArguments& arguments) {
  if (!parse_uuid(arguments.id))
    return usage_error("Name the file by its id; wardroomctl file list ROOM shows it.");
  auto client = connect(context);
  if (!client) return client.error();
  const auto http = open_files(context, **client);
  if (!http) return http.error();
  const std::filesystem::path to = arguments.to.empty() ? std::filesystem::path(arguments.id) : arguments.to;
  if (auto got = get_file(**http, arguments.id, to); !got) return got;
  if (!context.json) context.out << to.string() << "\n";
  return ok();
}

Result<void> file_list(const Context& context, const FileArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  Table table({"MESSAGE", "SENT", "BY", "BYTES", "TYPE", "ID", "NAME"});
  People people;
  std::optional<Seq> before;
  for (bool more = true; more;) {
    const auto page = (*client)->call<protocol::FileList>({room->id, before, protocol::kMaxPage});
    if (!page) return page.error();
    people.add(page->users);
    for (const auto& row : page->files) {
      if (context.json) {
        context.out << protocol::encode(row) << "\n";
        continue;
      }
      table.add({std::to_string(row.seq.value), local_minute(row.at),
                 People::nick_of(people.find(**client, row.author)), std::to_string(row.file.size),
                 row.file.type, row.file.id, row.file.name});
    }
    more = page->more && !page->files.empty();
    if (!page->files.empty()) before = page->files.back().seq;
  }
  if (!context.json) table.print(context.out);
  return ok();
}

Result<void> file_delete(const Context& context, const FileArguments& arguments) {
  if (!parse_uuid(arguments.id))
    return usage_error("Name the upload by its id, as file send --unposted printed it.");
  auto client = connect(context);
  if (!client) return client.error();
  const auto http = open_files(context, **client);
  if (!http) return http.error();
  return link::withdraw_upload(**http, arguments.id);
}

}  // namespace wardroom::ctl
