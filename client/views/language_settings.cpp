#include "client/views/language_settings.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

void draw_dictionaries(const SpellingSettingsProps& props, FrameContext& f, Actions& actions) {
  for (std::size_t i = 0; i < props.languages.size(); ++i) {
    const auto& language = props.languages[i];
    vertical_gap(f, 8);
    bool chosen = language.chosen;
    if (checkbox(f, Id{ids::kSpellingLanguage, static_cast<std::int64_t>(i)}, f.screen(language.name),
                 chosen))
      actions.push_back(SetSpellingLanguage{language.tag, chosen});
  }
}

void draw_own_words(const SpellingSettingsProps& props, LanguageViewState& state, FrameContext& f,
                    Actions& actions) {
  const FieldResult typed = text_field(f, ids::kSpellingWords, state.own_words,
                                       {.label = "Your words",
                                        .placeholder = "For example: Wardroom, Osei",
                                        .help = "Never marked as misspelled. Separated by commas."});
  vertical_gap(f, 8);
  const bool changed = state.own_words != props.own_words;
  const bool pressed = button(f, ids::kSpellingSaveWords, "Save words", {.disabled = !changed});
  if (changed && (pressed || typed.submitted)) actions.push_back(SetOwnWords{state.own_words});
}

}  // namespace

void draw_language(const SpellingSettingsProps& props, LanguageViewState& state, FrameContext& f,
                   Actions& actions) {
  // A PC can have more dictionaries than the dialog holds.
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetContentRegionAvail().y;
  begin_pane(f, ids::kSpellingList, {at.x, at.y, at.x + room_left(), at.y + left}, {.scrolls = true});
  if (props.languages.empty()) {
    notice(f, NoticeTone::quiet,
           props.looking
               ? "Looking for dictionaries\xE2\x80\xA6"
               : "No dictionaries are installed on this PC, so spelling isn't checked. Wardroom uses "
                 "those for hunspell, such as Debian's hunspell-en-us.");
  } else {
    bool on = props.on;
    if (checkbox(f, ids::kSpellingOn, "Check spelling as I write", on,
                 "A word is fine if it's in one of the dictionaries you choose."))
      actions.push_back(SetSpelling{on});
    if (props.on) draw_dictionaries(props, f, actions);
    vertical_gap(f, 16);
    draw_own_words(props, state, f, actions);
  }
  vertical_gap(f, 8);
  end_pane();
}

}  // namespace wardroom::client::views
