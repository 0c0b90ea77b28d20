#include "client/views/language_settings.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
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
                                       {.label = tr("Your words"),
                                        .placeholder = tr("For example: Wardroom, Osei"),
                                        .help = tr("Never marked as misspelled. Separated by commas.")});
  vertical_gap(f, 8);
  const bool changed = state.own_words != props.own_words;
  const bool pressed = button(f, ids::kSpellingSaveWords, tr("Save words"), {.disabled = !changed});
  if (changed && (pressed || typed.submitted)) actions.push_back(SetOwnWords{state.own_words});
}

void draw_spelling(const SpellingSettingsProps& props, LanguageViewState& state, FrameContext& f,
                   Actions& actions) {
  if (props.languages.empty()) {
    notice(f, NoticeTone::quiet,
           props.looking
               ? tr("Looking for dictionaries\xE2\x80\xA6")
               : tr("No dictionaries are installed on this PC, so spelling isn't checked. Wardroom uses "
                    "those for hunspell, such as Debian's hunspell-en-us."));
    return;
  }
  bool on = props.on;
  if (checkbox(f, ids::kSpellingOn, tr("Check spelling as I write"), on,
               tr("A word is fine if it's in one of the dictionaries you choose.")))
    actions.push_back(SetSpelling{on});
  if (props.on) draw_dictionaries(props, f, actions);
  vertical_gap(f, 16);
  draw_own_words(props, state, f, actions);
}

// Each language by its own name: whoever chose a wrong one finds back.
void draw_interface(const SettingsProps& props, FrameContext& f, Actions& actions) {
  std::vector<std::string_view> labels{tr("System"), "English"};
  std::size_t at = props.language.empty() ? 0 : 1;
  for (const auto& language : props.languages) {
    if (language.tag == props.language) at = labels.size();
    labels.push_back(language.name);
  }
  const Rect line = place(0, f.px(20));
  text_line(f, FontRole::small, line.x0, line.y0, f.theme.text1, tr("Language of this window"));
  note(f, ItemKind::text, line, tr("Language of this window"));
  if (!segmented(f, ids::kLanguage, labels, at)) return;
  actions.push_back(SetLanguage{at == 0 ? "" : at == 1 ? "en" : props.languages[at - 2].tag});
}

}  // namespace

void draw_language(const SettingsProps& props, LanguageViewState& state, FrameContext& f, Actions& actions) {
  // A PC can have more dictionaries than the dialog holds.
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetContentRegionAvail().y;
  begin_pane(f, ids::kSpellingList, {at.x, at.y, at.x + room_left(), at.y + left}, {.scrolls = true});
  draw_interface(props, f, actions);
  vertical_gap(f, 20);
  draw_spelling(props.spelling, state, f, actions);
  vertical_gap(f, 8);
  end_pane();
}

}  // namespace wardroom::client::views
