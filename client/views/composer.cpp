#include "client/views/composer.hpp"

#include <algorithm>
#include <imgui.h>
#include <utility>

#include "client/views/attachments.hpp"
#include "client/views/completion.hpp"
#include "client/views/emoji_search.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kComposerSide = 20;
constexpr float kTyping = 26;
constexpr float kComposerPad = 12;
constexpr float kTools = 32;
constexpr float kContext = 30;  // the strip that says what is being answered or edited
constexpr float kBottom = 16;
constexpr float kMostLines = 10;
constexpr float kClosed = 56;  // the card that stands instead of the text

bool has_context(const ComposerProps& props) {
  return props.editing || props.reply.seq.is_set();
}

float text_width_of(FrameContext& f, float width) {
  return width - f.px(2 * kComposerSide) - f.px(28);
}

void take_over(const ComposerProps& props, ComposerViewState& state, FrameContext& f) {
  if (state.taken_over && state.room == props.room && state.draft_version == props.draft_version) return;
  if (state.room != props.room || props.editing) state.take_focus = true;
  const Seq edited = props.editing ? props.edited : Seq{};
  const bool same_text = state.taken_over && state.room == props.room && state.edited == edited;
  state.taken_over = true;
  state.room = props.room;
  state.edited = edited;
  state.draft_version = props.draft_version;
  // What was refused comes back as undo would bring it; what went out is forgotten.
  if (same_text && !props.draft.empty())
    state.text.edit.put_back(f.screen(props.draft));
  else
    state.text.edit.set_text(f.screen(props.draft));
  state.chosen = 0;
  state.closed_at = SIZE_MAX;
}

void draw_context(const ComposerProps& props, FrameContext& f, Actions& actions, const Rect& box) {
  const Rect strip{box.x0, box.y0, box.x1, box.y0 + f.px(kContext)};
  const Icon icon = props.editing ? Icon::pencil : Icon::reply;
  const std::string words =
      props.editing ? tr("Editing your message \xC2\xB7 Esc to cancel")
                    : tr("Reply to {0}: {1}", text::isolated(props.reply.author), props.reply.excerpt);
  draw_icon(f, icon, strip.x0 + f.px(21), (strip.y0 + strip.y1) / 2, f.px(13), f.theme.text1);
  text_in(f, FontRole::small, {strip.x0 + f.px(34), strip.y0, strip.x1 - f.px(40), strip.y1}, f.theme.text1,
          f.screen(words));
  note(f, ItemKind::text, strip, words);
  hairline(f, box.x0, box.x1, strip.y1, f.theme.line);
  const Rect cross{strip.x1 - f.px(32), strip.y0 + f.px(2), strip.x1 - f.px(6), strip.y1 - f.px(2)};
  if (icon_button_at(f, ids::kCancelContext, cross, Icon::close, tr("Cancel (Esc)"))) {
    if (props.editing)
      actions.push_back(CancelEdit{props.room});
    else
      actions.push_back(CancelReply{props.room});
  }
}

void wrap_selection(ComposerViewState& state, std::string_view sign, const ComposerProps& props,
                    Actions& actions) {
  TextEdit& edit = state.text.edit;
  const std::string inside{edit.selected()};
  const std::size_t begin = edit.selection_begin();
  edit.insert(std::string{sign} + inside + std::string{sign});
  edit.move_to(begin + sign.size() + inside.size(), false);
  state.take_focus = true;
  actions.push_back(ChangeDraft{props.room, edit.text()});
}

void send(const ComposerProps& props, ComposerViewState& state, Actions& actions) {
  std::string text = state.text.edit.text();
  const bool blank = text.find_first_not_of(" \n\t") == std::string::npos;
  if (blank && props.attachments.empty()) return;
  actions.push_back(SendMessage{props.room, std::move(text)});
  // Undo still knows it, in case that it is refused.
  state.text.edit.replace(0, state.text.edit.text().size(), {});
  state.take_focus = true;
}

// What the picker gives goes where the cursor was; the keyboard goes back to the text.
void draw_picker(const ComposerProps& props, ComposerViewState& state, FrameContext& f, Actions& actions,
                 const Rect& anchor) {
  const bool was_open = state.picker.open;
  if (const auto emoji = draw_emoji_picker(state.picker, props.emoji, f, actions, anchor)) {
    state.text.edit.insert(f.screen(*emoji));
    actions.push_back(ChangeDraft{props.room, state.text.edit.text()});
  }
  if (was_open && !state.picker.open) state.take_focus = true;
}

// A short name that was just closed becomes its emoji; undo brings the name back.
void replace_typed_emoji(const ComposerProps& props, ComposerViewState& state, FrameContext& f,
                         Actions& actions) {
  TextEdit& edit = state.text.edit;
  const auto typed = find_typed_emoji(edit.text(), edit.cursor());
  if (!typed) return;
  const std::string_view emoji = in_tone(*typed->emoji, props.emoji.tone);
  edit.replace(typed->begin, edit.cursor(), f.screen(emoji));
  actions.push_back(UseEmoji{std::string{emoji}});
}

void draw_tools(const ComposerProps& props, ComposerViewState& state, FrameContext& f, Actions& actions,
                const Rect& box) {
  const float top = box.y1 - f.px(kTools);
  float x = box.x0 + f.px(10);
  const auto tool = [&](std::string_view id, Icon icon, std::string_view label) {
    const Rect square{x, top, x + f.px(26), top + f.px(26)};
    x += f.px(28);
    return icon_button_at(f, id, square, icon, label);
  };
  if (tool(ids::kEmoji, Icon::emoji, tr("Emoji"))) open_emoji_picker(state.picker);
  draw_picker(props, state, f, actions, {box.x0 + f.px(10), top, box.x0 + f.px(36), top + f.px(26)});
  if (!props.editing && tool(ids::kAttach, Icon::clip, tr("Attach files")))
    actions.push_back(ChooseAttachments{props.room});
  if (tool(ids::kCode, Icon::code, tr("Code"))) wrap_selection(state, "`", props, actions);
  const bool blank =
      props.attachments.empty() && state.text.edit.text().find_first_not_of(" \n") == std::string::npos;
  const Rect arrow{box.x1 - f.px(38), top - f.px(1), box.x1 - f.px(10), top + f.px(27)};
  const Interaction it =
      interact(f, ids::kSend, arrow, ItemKind::icon_button, tr("Send"), {.disabled = blank});
  if (!blank) fill(arrow, it.hovered ? mix(f.theme.accent, rgb(0xffffff), 0.1F) : f.theme.accent, f.px(7));
  const Colour ink = blank ? mix(f.theme.surface2, f.theme.text1, 0.6F) : f.theme.on_accent;
  draw_icon(f, Icon::send, (arrow.x0 + arrow.x1) / 2, (arrow.y0 + arrow.y1) / 2, f.px(15), ink);
  if (it.focused) focus_ring(f, arrow, f.px(7));
  if (it.pressed) send(props, state, actions);
  const std::string hint =
      f.screen(props.hint.empty() ? props.editing ? tr("Enter to save \xC2\xB7 Esc to cancel")
                                                  : tr("Enter to send \xC2\xB7 Shift Enter for a new line")
                                  : props.hint);
  const float width = text_width(f, FontRole::small, hint);
  const bool fits = width <= arrow.x0 - f.px(20) - x;
  // Half of what the keys do helps nobody; what holds for this room is shown as far as it goes.
  if (!fits && props.hint.empty()) return;
  const float left = std::max(x + f.px(8), arrow.x0 - f.px(12) - width);
  text_in(f, FontRole::small, {left, top, arrow.x0 - f.px(10), top + f.px(26)}, f.theme.text1, hint);
}

struct CompletionList {
  std::size_t begin = 0;
  std::vector<Completion> entries;
};

CompletionList current_completions(const ComposerProps& props, const ComposerViewState& state) {
  const TextEdit& edit = state.text.edit;
  if (!state.text.focused || edit.has_selection()) return {};
  const auto token = find_completion_token(edit.text(), edit.cursor());
  if (!token || token->begin == state.closed_at) return {};
  return {token->begin, complete(*token, props)};
}

void apply(const CompletionList& list, std::size_t which, const ComposerProps& props,
           ComposerViewState& state, FrameContext& f, Actions& actions) {
  TextEdit& edit = state.text.edit;
  edit.replace(list.begin, edit.cursor(), f.screen(list.entries[which].insert) + " ");
  if (!list.entries[which].lead.empty()) actions.push_back(UseEmoji{list.entries[which].insert});
  state.chosen = 0;
  state.take_focus = true;
  actions.push_back(ChangeDraft{props.room, edit.text()});
}

// A list over the composer that never takes the keyboard: the text keeps it.
std::optional<std::size_t> draw_completions(const CompletionList& list, std::size_t chosen, FrameContext& f,
                                            const Rect& box) {
  std::optional<std::size_t> pressed;
  const float row = f.px(30);
  const float height = row * static_cast<float>(list.entries.size()) + f.px(8);
  ImGui::SetNextWindowPos({box.x0, box.y0 - height - f.px(6)});
  ImGui::SetNextWindowSize({std::min(box.width(), f.px(420)), height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, f.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {f.px(4), f.px(4)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
  ImGui::PushStyleColor(ImGuiCol_WindowBg,
                        f.theme.kind == ThemeKind::dark ? f.theme.surface2 : f.theme.surface1);
  ImGui::Begin("##completions", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_Tooltip);
  for (std::size_t i = 0; i < list.entries.size(); ++i) {
    const Completion& entry = list.entries[i];
    const Rect rect = place(0, row);
    const Interaction it =
        interact(f, Id{ids::kCompletion, static_cast<std::int64_t>(i)}, rect, ItemKind::row, entry.label,
                 {.selected = i == chosen, .takes_keyboard = false});
    if (i == chosen || it.hovered) fill(rect, i == chosen ? f.theme.accent_soft : f.theme.surface3, f.px(6));
    float x = rect.x0 + f.px(10);
    if (!entry.lead.empty())
      x += text_in(f, FontRole::text, {x, rect.y0, rect.x1, rect.y1}, f.theme.text0, f.screen(entry.lead)) +
           f.px(8);
    x += text_in(f, FontRole::text, {x, rect.y0, rect.x1, rect.y1}, f.theme.text0, f.screen(entry.label)) +
         f.px(10);
    if (x < rect.x1 - f.px(20))
      text_in(f, FontRole::small, {x, rect.y0, rect.x1 - f.px(8), rect.y1}, f.theme.text1,
              f.screen(entry.detail));
    // On the way down: by the time that the button comes up, the text has lost the keyboard and the list is
    // gone.
    if (it.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) pressed = i;
  }
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  return pressed;
}

void take_escape(const ComposerProps& props, ComposerViewState& state, const CompletionList& list,
                 Actions& actions) {
  if (!list.entries.empty()) {
    state.closed_at = list.begin;
  } else if (props.editing) {
    actions.push_back(CancelEdit{props.room});
  } else if (props.reply.seq.is_set()) {
    actions.push_back(CancelReply{props.room});
  } else {
    actions.push_back(MarkRead{props.room});
  }
}

// Up, Down, Enter and Tab while the list is open.
std::optional<std::size_t> take_list_keys(const CompletionList& list, ComposerViewState& state,
                                          FrameContext& f) {
  const std::size_t count = list.entries.size();
  if (count == 0) return std::nullopt;
  state.chosen = std::min(state.chosen, count - 1);
  if (f.pressed(Key::down)) state.chosen = (state.chosen + 1) % count;
  if (f.pressed(Key::up)) state.chosen = (state.chosen + count - 1) % count;
  if (f.pressed(Key::enter) || f.pressed(Key::tab)) return state.chosen;
  return std::nullopt;
}

// Writing goes on wherever the keyboard is, unless something else takes text.
bool starts_typing(const FrameContext& f) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool popup = any_popup_open();
  const bool typed =
      f.input && !f.input->typed.empty() && static_cast<unsigned char>(f.input->typed.front()) > ' ';
  return typed && !popup && !io.WantTextInput && !ImGui::IsAnyItemActive() && !io.KeyCtrl;
}

void draw_text(const ComposerProps& props, ComposerViewState& state, FrameContext& f, Actions& actions,
               const Rect& box, const Rect& text) {
  const CompletionList list = current_completions(props, state);
  const bool open = !list.entries.empty();
  std::optional<std::size_t> accepted = take_list_keys(list, state, f);
  ImGui::SetCursorScreenPos({text.x0, text.y0});
  const std::string placeholder = f.screen(props.placeholder);
  const bool take_focus = state.take_focus || (state.takes_typing && starts_typing(f));
  state.take_focus = false;
  const TextAreaResult result =
      text_area(f, ids::kComposer, state.text, text.width(),
                {.placeholder = placeholder,
                 .most_lines = kMostLines,
                 .take_focus = take_focus,
                 .leave_up_down = open,
                 .leave_enter_tab = open,
                 .most_pasted = protocol::kMaxTextBytes,
                 .misspelled = [&](const TextEdit& edit, TextPart sight) {
                   return misspelled_parts(props.spelling, state.spelling, edit, sight);
                 }});
  if (!result.too_long.empty()) state.long_paste = result.too_long;
  if (result.pasted_nothing && !props.editing) actions.push_back(AttachClipboardPicture{props.room});
  const bool undecided = !state.long_paste.empty();
  if (draw_long_paste(f, props.room, state.long_paste, actions)) {
    state.text.edit.insert(std::exchange(state.long_paste, {}));
    actions.push_back(ChangeDraft{props.room, state.text.edit.text()});
  }
  if (undecided && state.long_paste.empty()) state.take_focus = true;
  if (result.typed) replace_typed_emoji(props, state, f, actions);
  if (result.menu_at) wish_spelling_menu(state.spelling, state.text.edit, result, actions);
  const bool menu_was_open = state.spelling.menu_open;
  if (draw_spelling_menu(props.spelling, state.spelling, state.text.edit, f, actions))
    actions.push_back(ChangeDraft{props.room, state.text.edit.text()});
  if (menu_was_open && !state.spelling.menu_open) state.take_focus = true;
  ask_for_words(props.spelling, state.spelling, state.text.edit, result.changed, actions);
  if (result.changed) {
    state.chosen = 0;
    const auto token = find_completion_token(state.text.edit.text(), state.text.edit.cursor());
    if (!token) state.closed_at = SIZE_MAX;
    actions.push_back(ChangeDraft{props.room, state.text.edit.text()});
  }
  if (result.submitted) send(props, state, actions);
  const bool plain = !ImGui::GetIO().KeyCtrl && !ImGui::GetIO().KeyAlt;
  if (result.up_when_empty && !open && plain) actions.push_back(EditLast{props.room});
  if (result.escape) take_escape(props, state, list, actions);
  if (open && !result.escape) {
    if (const auto pressed = draw_completions(list, state.chosen, f, box)) accepted = pressed;
  }
  if (accepted && !result.changed) apply(list, *accepted, props, state, f, actions);
}

// Where nothing can be written: why, and what helps.
void draw_closed(const ComposerProps& props, ComposerViewState& state, FrameContext& f, Actions& actions,
                 const Rect& box) {
  // Escape marks as read here, too. A popup that it closes is closed before the frame begins.
  if (f.pressed(Key::escape) && !state.had_popup && !any_popup_open())
    actions.push_back(MarkRead{props.room});
  state.had_popup = any_popup_open();
  state.text.focused = false;
  fill(box, f.theme.surface2, f.px(10));
  outline(box, f.theme.line, f.px(10));
  float right = box.x1 - f.px(12);
  const float top = (box.y0 + box.y1 - button_height(f)) / 2;
  const auto place_button = [&](std::string_view id, std::string_view label, ButtonTone tone) {
    const float width = button_width(f, label) + f.px(8);
    ImGui::SetCursorScreenPos({right - width, top});
    right -= width + f.px(8);
    return button(f, id, label, {.tone = tone, .width = width});
  };
  if (props.act == ComposerAct::answer_request) {
    if (place_button(ids::kAccept, tr("Accept"), ButtonTone::primary))
      actions.push_back(AcceptDirect{props.room});
    if (place_button(ids::kDecline, tr("Decline"), ButtonTone::quiet))
      actions.push_back(DeclineDirect{props.room});
  }
  if (props.act == ComposerAct::ask_again &&
      place_button(ids::kAskAgain, tr("Ask again"), ButtonTone::primary))
    actions.push_back(AskAgain{props.room});
  const Icon icon = props.act == ComposerAct::answer_request ? Icon::people : Icon::lock;
  draw_icon(f, icon, box.x0 + f.px(24), (box.y0 + box.y1) / 2, f.px(15), f.theme.text1);
  const Rect words{box.x0 + f.px(42), box.y0, right - f.px(4), box.y1};
  const std::string text = f.screen(props.disabled_reason);
  const float height = text_block(f, FontRole::text, 0, 0, words.width(), 0, text);
  text_block(f, FontRole::text, words.x0, (box.y0 + box.y1 - height) / 2, words.width(), f.theme.text1, text);
  note(f, ItemKind::text, words, props.disabled_reason, ids::kComposer);
}

}  // namespace

float composer_height(const ComposerProps& props, const ComposerViewState& state, FrameContext& f,
                      float width) {
  if (!props.disabled_reason.empty()) return f.px(kTyping + kClosed + kBottom);
  const float text =
      text_area_height(f, state.text.edit.text(), text_width_of(f, width), {.most_lines = kMostLines});
  return f.px(kTyping + 2 * kComposerPad - 4 + kTools + kBottom) + text +
         (has_context(props) ? f.px(kContext) : 0) + attachments_height(f, props);
}

void draw_composer(const ComposerProps& props, std::string_view typing, ComposerViewState& state,
                   FrameContext& f, Actions& actions, const Rect& area) {
  take_over(props, state, f);
  begin_pane(f, "composer", area);
  if (!typing.empty()) {
    const Rect line{area.x0 + f.px(kComposerSide + 4), area.y0, area.x1 - f.px(kComposerSide),
                    area.y0 + f.px(kTyping - 2)};
    text_in(f, FontRole::small, line, f.theme.text2, f.screen(typing));
    note(f, ItemKind::text, line, typing);
  }
  const Rect box{area.x0 + f.px(kComposerSide), area.y0 + f.px(kTyping), area.x1 - f.px(kComposerSide),
                 area.y1 - f.px(kBottom)};
  if (!props.disabled_reason.empty()) {
    draw_closed(props, state, f, actions, box);
    end_pane();
    return;
  }
  fill(box, f.theme.surface2, f.px(10));
  outline(box, state.text.focused ? mix(f.theme.line, f.theme.accent, 0.6F) : f.theme.line, f.px(10));
  float top = box.y0 + f.px(kComposerPad - 1);
  if (has_context(props)) {
    draw_context(props, f, actions, box);
    top += f.px(kContext);
  }
  if (!props.attachments.empty()) {
    const float begin = has_context(props) ? box.y0 + f.px(kContext) : box.y0;
    draw_attachments(f, props, {box.x0, begin, box.x1, begin + attachments_height(f, props)}, actions);
    top += attachments_height(f, props);
  }
  draw_text(props, state, f, actions, box,
            {box.x0 + f.px(14), top, box.x0 + f.px(14) + text_width_of(f, area.width()), top});
  draw_tools(props, state, f, actions, box);
  end_pane();
}

}  // namespace wardroom::client::views
