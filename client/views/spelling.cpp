#include "client/views/spelling.hpp"

#include <algorithm>
#include <imgui.h>
#include <utility>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/text/spelled_words.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/popup.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kSpellingMenuWidth = 232;
constexpr std::size_t kMostAskedAtOnce = 200;
// What is far too long to be sent isn't looked at: finding its words would take longer than a frame has.
constexpr std::size_t kLongestChecked = 2 * protocol::kMaxTextBytes;

void find_words(SpellingViewState& state, const std::string& text) {
  if (state.text == text) return;
  state.text = text;
  state.all_asked = false;
  state.words.clear();
  if (text.size() > kLongestChecked) return;
  for (const auto& [begin, end] : text::find_spelled_words(text)) state.words.push_back({begin, end});
}

std::string word_at(const SpellingViewState& state, const TextPart& part) {
  return state.text.substr(part.begin, part.end - part.begin);
}

// Up to the next space: what begins like a word may become a link or an address.
bool is_being_typed(const SpellingViewState& state, const TextPart& part) {
  if (part.begin >= state.typed_at || state.typed_at > state.text.size()) return false;
  return state.typed_at <= part.end || state.text.find_first_of(" \n\t", part.end) >= state.typed_at;
}

bool is_unknown(const SpellingProps& props, const std::string& word) {
  return std::ranges::binary_search(props.unknown, word);
}

void quiet_line(FrameContext& f, std::string_view words) {
  const Rect rect = place(0, f.px(30));
  text_in(f, FontRole::small, {rect.x0 + f.px(10), rect.y0, rect.x1, rect.y1}, f.theme.text1, words);
  note(f, ItemKind::text, rect, words);
}

// True when a line was chosen; what is to stand instead goes into `chosen`.
bool draw_menu_lines(const SpellingProps& props, const std::string& word, FrameContext& f, Actions& actions,
                     std::string& chosen) {
  const auto& found = props.suggestions;
  bool done = false;
  for (std::size_t i = 0; i < found.instead.size(); ++i) {
    const Id id{ids::kSpellingInstead, static_cast<std::int64_t>(i)};
    if (!menu_row(f, id, f.screen(found.instead[i]))) continue;
    chosen = f.screen(found.instead[i]);
    done = true;
  }
  if (found.instead.empty()) quiet_line(f, tr("No suggestions"));
  menu_separator(f);
  if (menu_row(f, ids::kSpellingLearn, tr("Add to your words"))) {
    actions.push_back(LearnWord{word});
    done = true;
  }
  if (menu_row(f, ids::kSpellingIgnore, tr("Ignore for now"))) {
    actions.push_back(IgnoreWord{word});
    done = true;
  }
  return done;
}

}  // namespace

std::vector<TextPart> misspelled_parts(const SpellingProps& props, SpellingViewState& state,
                                       const TextEdit& edit, TextPart sight) {
  if (!props.on || props.unknown.empty()) return {};
  find_words(state, edit.text());
  std::vector<TextPart> parts;
  for (const TextPart& part : state.words)
    if (part.end > sight.begin && part.begin < sight.end && !is_being_typed(state, part) &&
        is_unknown(props, word_at(state, part)))
      parts.push_back(part);
  return parts;
}

void ask_for_words(const SpellingProps& props, SpellingViewState& state, const TextEdit& edit, bool changed,
                   Actions& actions) {
  if (!props.on) return;
  if (changed) {
    state.typed_at = edit.cursor();
    state.wished.clear();
  } else if (state.typed_at != edit.cursor()) {
    state.typed_at = std::string::npos;
    state.all_asked = false;
  }
  if (state.generation != props.generation) {
    state.generation = props.generation;
    state.asked.clear();
    state.all_asked = false;
  }
  find_words(state, edit.text());
  if (props.checking || state.all_asked) return;
  CheckWords wanted;
  for (const TextPart& part : state.words) {
    if (wanted.words.size() == kMostAskedAtOnce) break;
    if (is_being_typed(state, part)) continue;
    auto word = word_at(state, part);
    if (state.asked.insert(word).second) wanted.words.push_back(std::move(word));
  }
  state.all_asked = wanted.words.size() < kMostAskedAtOnce;
  if (!wanted.words.empty()) actions.push_back(std::move(wanted));
}

void wish_spelling_menu(SpellingViewState& state, const TextEdit& edit, const TextAreaResult& result,
                        Actions& actions) {
  find_words(state, edit.text());
  const std::size_t at = *result.menu_at;
  const auto part = std::ranges::find_if(
      state.words, [at](const TextPart& one) { return one.begin <= at && at <= one.end; });
  state.wished.clear();
  if (part == state.words.end()) return;
  state.word = *part;
  state.wished = word_at(state, *part);
  state.anchor = result.menu_line;
  actions.push_back(AskSuggestions{state.wished});
}

bool draw_spelling_menu(const SpellingProps& props, SpellingViewState& state, TextEdit& edit, FrameContext& f,
                        Actions& actions) {
  const auto stands = [&](const std::string& word) {
    return state.word.end <= edit.text().size() &&
           edit.text().compare(state.word.begin, state.word.end - state.word.begin, word) == 0;
  };
  if (!props.on || !stands(state.wished)) state.wished.clear();
  const std::string name{ids::kSpellingMenu};
  const auto& found = props.suggestions;
  if (!state.wished.empty() && found.there && found.word == state.wished) {
    state.wished.clear();
    if (!found.known) open_popup(name);
  }
  state.menu_open = begin_popup(f, name, state.anchor, f.px(kSpellingMenuWidth));
  if (!state.menu_open) return false;
  std::string chosen;
  const bool done = draw_menu_lines(props, found.word, f, actions, chosen) || !stands(found.word);
  if (done || f.pressed(Key::escape)) ImGui::CloseCurrentPopup();
  end_popup();
  if (done) state.menu_open = false;
  if (chosen.empty() || !stands(found.word)) return false;
  edit.replace(state.word.begin, state.word.end, chosen);
  return true;
}

}  // namespace wardroom::client::views
