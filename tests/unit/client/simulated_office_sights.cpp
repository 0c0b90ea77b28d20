#include "tests/unit/client/simulated_office.hpp"

// What a test compares: what the server holds, the cache, and the window.
namespace wardroom::client::test {
namespace {

// All of a message that a change can touch.
std::string described(const protocol::Message& message) {
  std::string text = std::to_string(message.seq.value) + " " + message.text;
  if (message.edited_at) text += " (edited)";
  if (message.deleted.value_or(false)) text += " (deleted: " + message.delete_reason.value_or("") + ")";
  if (message.pinned.value_or(false)) text += " (pinned)";
  if (message.reactions)
    for (const auto& reaction : *message.reactions)
      for (const UserId user : reaction.users) text += " " + reaction.emoji + std::to_string(user.value);
  return text;
}

}  // namespace

std::vector<std::string> SimulatedOffice::server_texts() const {
  std::vector<std::string> texts;
  for (const auto& one : log_)
    if (one.is_message) texts.push_back(one.text);
  return texts;
}

std::vector<std::string> SimulatedOffice::server_messages() const {
  return server_messages({Seq{1}, Seq{static_cast<std::int64_t>(log_.size())}});
}

std::vector<std::string> SimulatedOffice::server_messages(Coverage coverage) const {
  std::vector<std::string> messages;
  for (const auto& [seq, message] : messages_)
    if (seq >= coverage.from && seq <= coverage.to) messages.push_back(described(message));
  return messages;
}

std::vector<std::string> SimulatedOffice::covered_messages() const {
  std::vector<std::string> messages;
  for (const auto& [seq, message] : cached_messages_)
    if (seq >= cached_.coverage.from && seq <= cached_.coverage.to) messages.push_back(described(message));
  return messages;
}

std::vector<std::string> SimulatedOffice::shown_messages() {
  std::vector<std::string> messages;
  for (const auto& [seq, entry] : driver_->room().timeline.entries())
    if (const auto* message = entry.message()) messages.push_back(described(*message));
  return messages;
}

}  // namespace wardroom::client::test
