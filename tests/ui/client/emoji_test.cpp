#include <set>

#include <catch2/catch.hpp>

#include "client/views/completion.hpp"
#include "client/views/emoji_names.hpp"
#include "client/views/emoji_search.hpp"
#include "common/text/emoji_sequence.hpp"
#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

using views::Emoji;
using views::emoji_groups;
using views::emoji_list;
using views::find_by_short_name;
using views::find_emoji;

std::string written(const Client& c) {
  const ui::Item* text = c.ui.recorder().find("composer.text");
  REQUIRE(text);
  return text->state;
}

std::string_view first_found(std::string_view query) {
  const auto found = find_emoji(query);
  return found.empty() ? std::string_view{} : found.front()->text;
}

bool heading_in_sight(const Client& c, std::string_view title) {
  for (const ui::Item& item : c.ui.recorder().items())
    if (item.kind == ui::ItemKind::header && item.label == title && item.visible) return true;
  return false;
}

std::string shown_state(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  return found ? found->state : "";
}

}  // namespace

TEST_CASE("all of Unicode's emoji are there, each once, in every tone, and one picture on the screen") {
  CHECK(emoji_groups().size() == 9);
  CHECK(emoji_list().size() > 1'800);
  std::set<std::string_view> texts;
  std::size_t toned = 0;
  for (const Emoji& emoji : emoji_list()) {
    INFO(emoji.name);
    CHECK(texts.insert(emoji.text).second);
    CHECK(emoji.group < emoji_groups().size());
    CHECK(text::emoji_sequence_length(emoji.text, 0) == emoji.text.size());
    toned += emoji.tones[0].empty() ? 0 : 1;
    for (const std::string_view tone : emoji.tones)
      if (!emoji.tones[0].empty()) CHECK(text::emoji_sequence_length(tone, 0) == tone.size());
  }
  CHECK(toned > 300);
  for (const views::EmojiName& entry : views::emoji_names()) {
    INFO(entry.name);
    CHECK(texts.contains(entry.emoji));
  }
}

TEST_CASE("an emoji is found by its short name, Unicode's name, what it belongs to, and words of these") {
  CHECK(first_found("tada") == "🎉");
  CHECK(first_found(":tada:") == "🎉");
  CHECK(first_found("+1") == "👍");
  CHECK(first_found("smile") == "😄");
  CHECK(first_found("Party popper") == "🎉");
  CHECK(first_found("popper party") == "🎉");
  CHECK(first_found("pinata") == "🪅");
  CHECK(first_found("Piñata") == "🪅");
  CHECK(first_found("bargain") == "🉐");
  CHECK(find_emoji("mammal").size() > 20);
  CHECK(find_emoji("").size() == emoji_list().size());
  CHECK(find_emoji("no such thing").empty());
  CHECK(find_emoji("?").empty());
}

TEST_CASE("each short name leads back to its emoji") {
  std::size_t shared = 0;
  for (const Emoji& emoji : emoji_list()) {
    const std::string name = views::short_name_of(emoji);
    INFO(emoji.name << ": " << name);
    CHECK_FALSE(name.empty());
    const Emoji* found = find_by_short_name(name);
    REQUIRE(found);
    // "keycap: #" and "keycap: *" are the same word.
    shared += found == &emoji ? 0 : 1;
  }
  CHECK(shared < 10);
}

TEST_CASE("only a short name between colons is one") {
  const auto typed = [](std::string_view text) { return views::find_typed_emoji(text, text.size()); };
  REQUIRE(typed("done :tada:"));
  CHECK(typed("done :tada:")->begin == 5);
  CHECK(typed("(:party_popper:")->emoji->text == "🎉");
  for (const char* text : {"", ":", "::", ":tada", "tada:", ":nothing_like_it:", "1:100:", "at 10:30:",
                           "`:tada:", "::tada:", ":ta da:", "http://tada:"}) {
    INFO(text);
    CHECK_FALSE(typed(text));
  }
  CHECK(typed("`code` :tada:"));
}

TEST_CASE("a typed short name becomes its emoji, and undo brings the name back") {
  Client c;
  c.ui.type("done :tada:");
  CHECK(written(c) == "done 🎉");
  REQUIRE(c.last<UseEmoji>());
  CHECK(c.last<UseEmoji>()->emoji == "🎉");
  CHECK(c.last<ChangeDraft>()->text == "done 🎉");
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(written(c) == "done :tada:");
  c.ui.type(" and on");
  CHECK(written(c) == "done :tada: and on");
}

TEST_CASE("what is pasted stays as it is") {
  Client c;
  c.ui.set_clipboard(":tada:");
  c.ui.key(Key::v, {.ctrl = true});
  CHECK(written(c) == ":tada:");
}

TEST_CASE("the emoji button opens the picker, and what is chosen goes where the cursor was") {
  Client c;
  c.ui.type("ab");
  c.ui.key(Key::left);
  REQUIRE(c.ui.click("composer.emoji"));
  c.ui.frames();
  CHECK(written(c) == "ab");
  REQUIRE(c.ui.recorder().find("picker.query"));
  c.ui.type("rocket");
  c.ui.key(Key::enter);
  CHECK(written(c) == "a🚀b");
  REQUIRE(c.last<ChangeDraft>());
  CHECK(c.last<ChangeDraft>()->text == "a🚀b");
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("picker.query"));
  c.ui.type("!");
  CHECK(written(c) == "a🚀!b");
  // Escape gives the keyboard back, too.
  REQUIRE(c.ui.click("composer.emoji"));
  c.ui.frames();
  c.ui.key(Key::escape);
  c.ui.frames();
  c.ui.type("?");
  CHECK(written(c) == "a🚀!?b");
}

TEST_CASE(
    "the picker shows the recent emoji first, then the categories, and goes to the one that is pressed") {
  WindowProps p = sample::main_window();
  p.composer.emoji.recent = {"🦔", "👋🏽"};
  Client c{p};
  REQUIRE(c.ui.click("composer.emoji"));
  c.ui.frames();
  CHECK(shown_state(c, "picker.emoji:0") == "🦔");
  CHECK(shown_state(c, "picker.emoji:1") == "👋🏽");
  CHECK(shown_state(c, "picker.emoji:2") == "👍");
  CHECK(heading_in_sight(c, "Smileys & Emotion"));
  CHECK_FALSE(heading_in_sight(c, "Food & Drink"));
  REQUIRE(c.ui.click("picker.group:4"));
  c.ui.frames();
  CHECK(heading_in_sight(c, "Food & Drink"));
  CHECK(c.ui.recorder().find("picker.group:4")->selected);
  // A list of nearly two thousand costs what is in sight.
  std::size_t cells = 0;
  for (const ui::Item& item : c.ui.recorder().items()) cells += item.id.starts_with("picker.emoji") ? 1 : 0;
  CHECK(cells < 120);
}

TEST_CASE("the skin tone that is chosen is kept, and holds in the picker, in lists and for typed names") {
  Client c;
  REQUIRE(c.ui.click("composer.emoji"));
  c.ui.frames();
  REQUIRE(c.ui.click("picker.tone:3"));
  REQUIRE(c.last<SetSkinTone>());
  CHECK(c.last<SetSkinTone>()->tone == SkinTone::medium);
  c.props.composer.emoji.tone = SkinTone::medium;
  c.ui.type("waving");
  CHECK(shown_state(c, "picker.emoji:0") == "👋🏽");
  c.ui.key(Key::escape);
  c.ui.frames();
  c.ui.type(":wave:");
  CHECK(written(c) == "👋🏽");
  c.ui.type(" :wav");
  REQUIRE(c.ui.recorder().find("composer.completion:0"));
  c.ui.key(Key::tab);
  CHECK(written(c) == "👋🏽 👋🏽 ");
  // Rockets have none.
  c.ui.type(":rocket:");
  CHECK(written(c) == "👋🏽 👋🏽 🚀");
}
