#include <algorithm>
#include <charconv>
#include <sstream>

#include "client/session/attention_text.hpp"
#include "client/session/cache_file.hpp"
#include "client/session/cached_json.hpp"
#include "common/base/utf8.hpp"

// The settings, each a line of the table `meta`.
namespace wardroom::client {
namespace {

std::int64_t number_of(const std::optional<std::string>& text, std::int64_t otherwise) {
  if (!text) return otherwise;
  std::int64_t number = otherwise;
  std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && is_valid_utf8(line)) lines.push_back(line);
  return lines;
}

std::string as_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

void CacheFile::load_settings(Settings& settings, CachedState& state) {
  settings.theme = static_cast<ThemeChoice>(std::clamp<std::int64_t>(number_of(meta("theme"), 0), 0, 2));
  settings.scale_percent = static_cast<int>(std::clamp<std::int64_t>(number_of(meta("scale"), 100), 75, 300));
  settings.do_not_disturb = number_of(meta("do_not_disturb"), 0) != 0;
  settings.members_shown = number_of(meta("members_shown"), 1) != 0;
  settings.last_room = RoomId{number_of(meta("last_room"), 0)};
  settings.emoji.tone =
      static_cast<SkinTone>(std::clamp<std::int64_t>(number_of(meta("skin_tone"), 0), 0, 5));
  for (const char digit : meta("collapsed_sections").value_or(""))
    if (digit >= '0' && digit <= '4')
      settings.collapsed.push_back(static_cast<SideBarSection::Kind>(digit - '0'));
  settings.emoji.recent = lines_of(meta("recent_emoji").value_or(""));
  // What can't be read is as if nothing had been arranged: the server has it.
  if (const auto sidebar = decoded<protocol::Sidebar>(meta("sidebar").value_or("")))
    settings.sidebar = *sidebar;
  settings.attention = parse_attention(meta("attention").value_or(""));
  settings.rooms = parse_room_attention(meta("room_attention").value_or(""));
  settings.language = meta("language").value_or("");
  settings.spelling.on = number_of(meta("spelling"), 1) != 0;
  if (const auto languages = meta("spelling_languages")) settings.spelling.languages = lines_of(*languages);
  settings.spelling.own_words = lines_of(meta("own_words").value_or(""));
  settings.away_by_itself = number_of(meta("away_by_itself"), 0) != 0;
  if (const auto epoch = meta("epoch")) state.epoch = number_of(epoch, 0);
}

void CacheFile::run(const SaveSettings& job) {
  const auto& settings = job.settings;
  set_meta("theme", std::to_string(static_cast<int>(settings.theme)));
  set_meta("scale", std::to_string(settings.scale_percent));
  set_meta("do_not_disturb", settings.do_not_disturb ? "1" : "0");
  set_meta("members_shown", settings.members_shown ? "1" : "0");
  set_meta("last_room", std::to_string(settings.last_room.value));
  set_meta("skin_tone", std::to_string(static_cast<int>(settings.emoji.tone)));
  std::string collapsed;
  for (const auto kind : settings.collapsed) collapsed += std::to_string(static_cast<int>(kind));
  set_meta("collapsed_sections", collapsed);
  set_meta("recent_emoji", as_lines(settings.emoji.recent));
  set_meta("sidebar", protocol::encode(settings.sidebar));
  set_meta("attention", to_text(settings.attention));
  set_meta("room_attention", to_text(settings.rooms));
  set_meta("language", settings.language);
  set_meta("spelling", settings.spelling.on ? "1" : "0");
  if (settings.spelling.languages) set_meta("spelling_languages", as_lines(*settings.spelling.languages));
  set_meta("own_words", as_lines(settings.spelling.own_words));
  set_meta("away_by_itself", settings.away_by_itself ? "1" : "0");
}

void CacheFile::set_meta(const std::string& key, const std::string& value) {
  db_->run(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key, value);
}

std::optional<std::string> CacheFile::meta(const std::string& key) {
  return db_->find<std::string>("SELECT value FROM meta WHERE key = ?", key);
}

}  // namespace wardroom::client
