#include "client/views/completion.hpp"

#include <algorithm>

#include "client/views/emoji_search.hpp"
#include "client/views/matching.hpp"
#include "client/views/space.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client::views {
namespace {

constexpr std::size_t kMostCompletions = 8;

std::vector<Completion> complete_people(std::string_view query, const ComposerProps& props) {
  std::vector<Completion> out;
  const Typed typed(query);
  for (const PersonProps& person : props.people) {
    if (typed.is_in(person.name) || typed.is_in(person.display_name)) {
      out.push_back({"@" + person.name, {}, person.display_name, "@" + person.name});
      if (out.size() == kMostCompletions) break;
    }
  }
  if (out.size() < kMostCompletions && typed.is_in("room"))
    out.push_back({"@room", {}, tr("Everyone in the room"), "@room"});
  return out;
}

std::vector<Completion> complete_emoji(std::string_view query, const ComposerProps& props) {
  std::vector<Completion> out;
  for (const Emoji* emoji : find_emoji(query)) {
    const std::string text{in_tone(*emoji, props.emoji.tone)};
    out.push_back({text, text, ":" + short_name_of(*emoji) + ":", {}});
    if (out.size() == kMostCompletions) break;
  }
  return out;
}

std::vector<Completion> complete_commands(std::string_view query, const ComposerProps& props) {
  std::vector<Completion> out;
  for (const CommandProps& command : props.commands) {
    if (std::string_view{command.name}.substr(1).starts_with(query)) {
      out.push_back({command.name, {}, command.usage, command.meaning});
    }
  }
  return out;
}

}  // namespace

std::optional<CompletionToken> find_completion_token(std::string_view text, std::size_t cursor) {
  std::size_t begin = cursor;
  while (begin > 0 && !is_space(text[begin - 1])) --begin;
  const std::string_view word = text.substr(begin, cursor - begin);
  if (word.empty()) return std::nullopt;
  if (word[0] == '@') return CompletionToken{CompletionKind::person, begin, word.substr(1)};
  // ":)" and "10:30" are not the start of a name.
  const bool letters =
      word.size() >= 3 && std::all_of(word.begin() + 1, word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
      });
  if (word[0] == ':' && letters) return CompletionToken{CompletionKind::emoji, begin, word.substr(1)};
  if (word[0] == '/' && begin == 0) return CompletionToken{CompletionKind::command, begin, word.substr(1)};
  return std::nullopt;
}

std::vector<Completion> complete(const CompletionToken& token, const ComposerProps& props) {
  switch (token.kind) {
    case CompletionKind::person:
      return complete_people(token.query, props);
    case CompletionKind::emoji:
      return complete_emoji(token.query, props);
    case CompletionKind::command:
      return complete_commands(token.query, props);
  }
  return {};
}

}  // namespace wardroom::client::views
