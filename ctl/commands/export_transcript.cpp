#include <ostream>

#include "common/evidence/html_text.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/file.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/lines.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

using evidence::html_escaped;

// One page after the other, so that a room of any length costs no memory.
class Transcript {
 public:
  Transcript(const Context& context, std::string_view format) : out_(context.out), format_(format) {}

  void begin(const protocol::MyRoom& room) {
    if (format_ == "json") {
      out_ << "{\"room\":" << protocol::encode(room) << ",\"messages\":[";
    } else if (format_ == "html") {
      const auto title = html_escaped("#" + room.name);
      out_ << "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" << title
           << "</title>\n<style>body{font:14px/20px sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
              "time{color:#69717f;font-size:12px}p{margin:0 0 "
              "8px;white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body>\n<h1>"
           << title << "</h1>\n";
      if (!room.topic.empty()) out_ << "<p>" << html_escaped(room.topic) << "</p>\n";
    }
  }

  void add(const protocol::Message& message, const protocol::User& author) {
    std::string text = message.deleted.value_or(false) ? "(deleted)" : message.text;
    if (message.files)
      for (const auto& file : *message.files)
        text += (text.empty() ? "" : "\n") + ("[" + file.name) + ", " + std::to_string(file.size) +
                " bytes, SHA-256 " + file.sha256 + "]";
    if (format_ == "json") {
      out_ << (is_first_ ? "\n" : ",\n") << "{\"name\":";
      std::string name;
      protocol::append_json_string(name, author.name);
      out_ << name << ",\"message\":" << protocol::encode(message) << "}";
    } else if (format_ == "html") {
      out_ << "<p id=\"m" << message.seq.value << "\"><time datetime=\"" << to_rfc3339(message.at) << "\">"
           << local_second(message.at) << "</time> <b>" << html_escaped(author.display_name) << "</b>\n"
           << html_escaped(text) << "</p>\n";
    } else {
      out_ << local_second(message.at) << " <" << People::nick_of(author) << "> " << set_in(text) << "\n";
    }
    is_first_ = false;
  }

  void end() {
    if (format_ == "json") out_ << "\n]}\n";
    if (format_ == "html") out_ << "</body></html>\n";
  }

 private:
  std::ostream& out_;
  const std::string format_;
  bool is_first_ = true;
};

// Beside each other in one folder, each under the number of its message.
Result<void> fetch_files(link::HttpClient& http, const protocol::Message& message,
                         const std::filesystem::path& to) {
  if (!message.files) return ok();
  for (const auto& file : *message.files) {
    const auto name = std::to_string(message.seq.value) + "-" + local_name(file.name).string();
    if (auto got = get_file(http, file.id, to / name); !got) return got;
  }
  return ok();
}

// Nothing where no files are asked for.
Result<std::unique_ptr<link::HttpClient>> open_folder(const Context& context, const Client& client,
                                                      const std::filesystem::path& folder) {
  if (folder.empty()) return std::unique_ptr<link::HttpClient>();
  std::error_code why;
  std::filesystem::create_directories(folder, why);
  if (why) return unavailable(folder.string() + " can't be made: " + why.message() + ".");
  return open_files(context, *client);
}

}  // namespace

Result<void> export_transcript(const Context& context, const ExportArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  const auto http = open_folder(context, *client, arguments.files);
  if (!http) return http.error();
  Transcript transcript(context, context.json ? "json" : arguments.format);
  transcript.begin(*room);
  People people;
  Seq last;
  for (bool more = true; more;) {
    const auto page = (*client)->call<protocol::MessageHistory>({room->id, {}, last, {}, protocol::kMaxPage});
    if (!page && page.error().code == ErrorCode::rate_limited) {
      (void)(*client)->next_event(page.error().retry_after);
      continue;
    }
    if (!page) return page.error();
    people.add(page->users);
    for (const auto& message : page->messages) {
      transcript.add(message, people.find(**client, message.author));
      if (*http)
        if (auto fetched = fetch_files(**http, message, arguments.files); !fetched) return fetched;
    }
    if (!page->messages.empty()) last = page->messages.back().seq;
    more = page->more.after && !page->messages.empty();
  }
  transcript.end();
  return ok();
}

}  // namespace wardroom::ctl
