#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/spelling.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/text_area.hpp"

// Spelling in the composer: which words to mark, which to ask for, and the menu of one of them.
namespace wardroom::client::views {

struct SpellingViewState {
  std::string text;                 // of which these are the words
  std::vector<ui::TextPart> words;  // ascending
  std::uint64_t generation = 0;
  std::unordered_set<std::string> asked;  // in this generation
  bool all_asked = false;                 // that can be for now
  // Where typing left the cursor: the word that ends there isn't finished.
  std::size_t typed_at = std::string::npos;

  // Of the menu. `wished` until its suggestions came.
  ui::TextPart word;
  std::string wished;
  ui::Rect anchor;
  bool menu_open = false;
};

// The unknown words of the text that reach into `sight`, but the one that is being typed.
std::vector<ui::TextPart> misspelled_parts(const SpellingProps& props, SpellingViewState& state,
                                           const ui::TextEdit& edit, ui::TextPart sight);

// Asks for words of which nothing is known yet, a part of them at a time. `changed`: by the person, just now.
void ask_for_words(const SpellingProps& props, SpellingViewState& state, const ui::TextEdit& edit,
                   bool changed, Actions& actions);

// The person wants a menu about the word at this place, if one stands there.
void wish_spelling_menu(SpellingViewState& state, const ui::TextEdit& edit, const ui::TextAreaResult& result,
                        Actions& actions);
// Opens once it is known what to offer, so that nothing moves under the mouse. True: the text was changed.
bool draw_spelling_menu(const SpellingProps& props, SpellingViewState& state, ui::TextEdit& edit,
                        ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
