#include "ctl/commands/message_lines.hpp"

#include <ostream>
#include <type_traits>

#include "ctl/commands/lines.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

using protocol::Message;

std::string because(const std::optional<std::string>& reason) {
  return reason && !reason->empty() ? ": " + set_in(*reason) : std::string();
}

// What a message carries, each on a line of its own that no text looks like.
std::string names_of(const std::optional<std::vector<protocol::File>>& files) {
  std::string names;
  if (files)
    for (const auto& file : *files)
      names += "\n    [" + file.name + ", " + std::to_string(file.size) + " bytes, " + file.id + "]";
  return names;
}

std::string number(Seq seq) {
  return std::to_string(seq.value);
}

}  // namespace

void MessageLines::print_line(TimePoint at, const std::string& line) {
  context_.out << local_minute(at) << " " << line << std::endl;
}

std::string MessageLines::nick(link::BlockingClient& client, UserId id) {
  return People::nick_of(people_.find(client, id));
}

void MessageLines::print(link::BlockingClient& client, const Message& message) {
  if (context_.json) {
    context_.out << protocol::encode(message) << std::endl;
    return;
  }
  if (message.deleted.value_or(false)) return;
  const bool is_action = message.text.starts_with("/me ");
  const std::string author = nick(client, message.author);
  print_line(message.at, (numbers_ ? number(message.seq) + " " : std::string()) +
                             (is_action ? "* " + author + " " : "<" + author + "> ") +
                             set_in(is_action ? message.text.substr(4) : message.text) +
                             names_of(message.files));
}

void MessageLines::print_changed(link::BlockingClient& client, const Message& message) {
  if (context_.json) {
    context_.out << protocol::encode(message) << std::endl;
    return;
  }
  std::string line = "* " + number(message.seq) + " by " + nick(client, message.author);
  if (message.deleted.value_or(false)) {
    line += " was deleted" + because(message.delete_reason);
  } else {
    if (message.pinned.value_or(false)) line += ", pinned";
    if (message.reactions)
      for (const auto& reaction : *message.reactions)
        line += ", " + reaction.emoji + " " + std::to_string(reaction.users.size());
    line += ": " + set_in(message.text);
  }
  print_line(message.at, line);
}

std::optional<MessageLines::Position> MessageLines::find_position(const protocol::Incoming& event) {
  using namespace protocol;
  for (const std::string_view known : {MessageEdited::kName, MessageDeleted::kName, MessageRestored::kName,
                                       MessageReacted::kName, MessagePinned::kName}) {
    if (event.method != known || !event.body.is_object()) continue;
    const auto* room = event.body.get_object().if_contains("room");
    const auto* seq = event.body.get_object().if_contains("seq");
    if (room && seq && room->is_int64() && seq->is_int64())
      return Position{RoomId{room->get_int64()}, Seq{seq->get_int64()}};
  }
  return std::nullopt;
}

Result<void> MessageLines::print_event(link::BlockingClient& client, const protocol::Incoming& event) {
  using namespace protocol;
  if (context_.json) {
    context_.out << R"({"event":")" << event.method << R"(","params":)" << boost::json::serialize(event.body)
                 << "}" << std::endl;
    return ok();
  }
  const auto show = [&]<class Event>(std::type_identity<Event>, auto&& describe) -> Result<void> {
    const auto decoded = decode<Event>(event.body, "params");
    if (!decoded) return decoded.error();
    print_line(decoded->at, "* " + describe(*decoded));
    return ok();
  };
  if (event.method == MessageEdited::kName)
    return show(std::type_identity<MessageEdited>(), [&](const auto& e) {
      return nick(client, e.by) + " edited " + number(e.message) + ": " + set_in(e.text);
    });
  if (event.method == MessageDeleted::kName)
    return show(std::type_identity<MessageDeleted>(), [&](const auto& e) {
      return nick(client, e.by) + " deleted " + number(e.message) + because(e.reason);
    });
  if (event.method == MessageRestored::kName)
    return show(std::type_identity<MessageRestored>(), [&](const auto& e) {
      return nick(client, e.by) + " restored " + number(e.message.seq) + ": " + set_in(e.message.text);
    });
  if (event.method == MessageReacted::kName)
    return show(std::type_identity<MessageReacted>(), [&](const auto& e) {
      return nick(client, e.user) + (e.on ? " reacted " : " took back ") + e.emoji + " on " +
             number(e.message);
    });
  return show(std::type_identity<MessagePinned>(), [&](const auto& e) {
    return nick(client, e.by) + (e.on ? " pinned " : " unpinned ") + number(e.message);
  });
}

}  // namespace wardroom::ctl
