#include "client/views/message_menu.hpp"

#include <algorithm>
#include <imgui.h>
#include <utility>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/popup.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kMenuWidth = 232;
constexpr std::size_t kQuick = 6;

bool is_mine(const TimelineRow& row, std::string_view emoji) {
  return std::any_of(row.reactions.begin(), row.reactions.end(),
                     [&](const ReactionProps& one) { return one.emoji == emoji && one.mine; });
}

Action toggle(const TimelineProps& props, const TimelineRow& row, std::string_view emoji) {
  return React{props.room, row.seq, std::string{emoji}, !is_mine(row, emoji)};
}

// The likeliest answers, side by side.
bool draw_quick(const TimelineProps& props, const TimelineRow& row, FrameContext& f, Actions& actions) {
  const Rect line = place(0, f.px(36));
  const float cell = line.width() / static_cast<float>(kQuick);
  bool done = false;
  for (std::size_t i = 0; i < kQuick; ++i) {
    const std::string_view emoji = frequent_emoji()[i];
    const float x = line.x0 + cell * static_cast<float>(i);
    const Rect square{x, line.y0, x + cell, line.y1};
    const Interaction it =
        interact(f, Id{ids::kMessageQuick, static_cast<std::int64_t>(i)}, square, ItemKind::button, emoji);
    if (is_mine(row, emoji)) fill(square, f.theme.accent_soft, f.px(6));
    if (it.hovered || it.focused) fill(square, f.theme.surface3, f.px(6));
    text_in(f, FontRole::heading, square, f.theme.text0, f.screen(emoji), true);
    if (it.focused) focus_ring(f, square, f.px(6));
    if (!it.pressed) continue;
    actions.push_back(toggle(props, row, emoji));
    done = true;
  }
  return done;
}

// Gathers the lines of the menu; `done` when one was chosen.
struct Menu {
  const TimelineProps& props;
  const TimelineRow& row;
  const TextSelection& selection;
  FrameContext& f;
  Actions& actions;
  bool done = false;

  void line(std::string_view id, std::string_view label, Action action, bool danger = false,
            std::string_view shortcut = {}) {
    if (!menu_row(f, id, f.screen(label), {.danger = danger, .shortcut = shortcut})) return;
    actions.push_back(std::move(action));
    done = true;
  }
};

void draw_past_and_moderation(Menu& m) {
  const auto& [props, row, selection, f, actions, done] = m;
  if (may_see_versions(row, props.rights))
    m.line(ids::kMessageVersions, tr("Edit history…"), ShowVersions{props.room, row.seq});
  menu_separator(f);
  if (!row.own)
    m.line(ids::kMessageReport, tr("Report…"), AskReason{ReasonedAction::report, props.room, row.seq, {}},
           true);
  if (row.own)
    m.line(ids::kMessageDelete, tr("Delete"), DeleteOwn{props.room, row.seq}, true);
  else if (props.rights.moderate)
    m.line(ids::kMessageDelete, tr("Delete…"),
           AskReason{ReasonedAction::delete_message, props.room, row.seq, {}}, true);
}

void draw_copy(Menu& m, std::string_view id, std::string_view label, CopyStyle style,
               std::string_view shortcut = {}) {
  if (!menu_row(m.f, id, m.f.screen(label), {.shortcut = shortcut})) return;
  m.f.set_clipboard(m.selection.empty() ? copied_message(m.row, m.props, m.f, style)
                                        : copied_text(m.selection, m.props, m.f, style));
  m.done = true;
}

void draw_copies(Menu& m) {
  const bool selected = !m.selection.empty();
  draw_copy(m, ids::kMessageCopy, selected ? tr("Copy selection") : tr("Copy text"), CopyStyle::text,
            selected ? tr("Ctrl C") : "");
  draw_copy(m, ids::kMessageCopyNames,
            selected ? tr("Copy with names and times") : tr("Copy with name and time"),
            CopyStyle::with_names_and_times);
  if (m.props.link_base.empty() || !menu_row(m.f, ids::kMessageLink, tr("Copy link"))) return;
  m.f.set_clipboard(m.props.link_base + std::to_string(m.row.seq.value));
  m.done = true;
}

// True: the picker is wanted.
bool draw_lines(Menu& m) {
  const auto& [props, row, selection, f, actions, done] = m;
  if (row.deleted) {
    if (row.restorable && row.own)
      m.line(ids::kMessageRestore, tr("Restore"), RestoreOwn{props.room, row.seq});
    else if (row.restorable)
      m.line(ids::kMessageRestore, tr("Restore…"),
             AskReason{ReasonedAction::restore_message, props.room, row.seq, {}});
    return false;
  }
  bool picker = false;
  if (may_react(row, props.rights)) {
    m.done = draw_quick(props, row, f, actions);
    picker = menu_row(f, ids::kMessageReact, f.screen(tr("More reactions…")));
    menu_separator(f);
  }
  if (props.rights.thread)
    m.line(ids::kMessageThread, tr("Reply in thread"), OpenThread{{props.room, row.seq}}, false,
           tr("Ctrl T"));
  if (props.rights.write && props.rights.quote)
    m.line(ids::kMessageReply, tr("Reply"), StartReply{props.room, row.seq});
  if (may_edit(row, props.rights))
    m.line(ids::kMessageEdit, tr("Edit"), StartEdit{props.room, row.seq}, false, tr("Up"));
  const bool saved = props.saved.contains(row.seq);
  m.line(ids::kMessageSave, saved ? tr("Remove from saved") : tr("Save for later"),
         SaveMessage{{props.room, row.seq}, !saved});
  m.line(ids::kMessageForward, tr("Forward…"), StartForward{{props.room, row.seq}});
  draw_copies(m);
  m.line(ids::kMessageUnread, tr("Mark unread from here"), MarkUnread{props.room, row.seq});
  if (props.rights.pin)
    m.line(ids::kMessagePin, row.pinned ? tr("Unpin") : tr("Pin to the room"),
           PinMessage{props.room, row.seq, !row.pinned});
  if (props.seen_by) m.line(ids::kMessageSeenBy, tr("Seen by…"), ShowSeenBy{{props.room, row.seq}});
  if (!row.own && row.author.is_set()) m.line(ids::kMessageProfile, tr("Profile…"), ShowProfile{row.author});
  draw_past_and_moderation(m);
  return picker;
}

const TimelineRow* find_row(const TimelineProps& props, std::uint64_t key) {
  const auto it = std::find_if(props.rows.begin(), props.rows.end(),
                               [&](const TimelineRow& row) { return row.key == key; });
  return it == props.rows.end() ? nullptr : &*it;
}

}  // namespace

bool has_menu(const TimelineRow& row) {
  if (row.kind != TimelineRow::Kind::message || row.delivery != Delivery::stored) return false;
  return !row.deleted || row.restorable;
}

bool may_react(const TimelineRow& row, const MessageRights& rights) {
  return has_menu(row) && !row.deleted && rights.write;
}

bool may_edit(const TimelineRow& row, const MessageRights& rights) {
  return may_react(row, rights) && row.own;
}

bool may_see_versions(const TimelineRow& row, const MessageRights& rights) {
  return row.edited && !row.deleted && (row.own || rights.moderate);
}

void open_message_menu(MessageMenuState& state, const TimelineRow& row, const Rect& anchor) {
  state.key = row.key;
  state.anchor = anchor;
  state.open_menu = true;
}

void open_message_picker(MessageMenuState& state, const TimelineRow& row, const Rect& anchor) {
  state.key = row.key;
  state.anchor = anchor;
  state.open_picker = true;
}

void draw_message_menu(const TimelineProps& props, MessageMenuState& state, const TextSelection& selection,
                       FrameContext& f, Actions& actions) {
  const TimelineRow* row = find_row(props, state.key);
  if (!row) return;
  if (std::exchange(state.open_menu, false)) open_popup(std::string{ids::kMessageMenu});
  if (std::exchange(state.open_picker, false)) open_emoji_picker(state.picker);
  if (const auto emoji = draw_emoji_picker(state.picker, props.emoji, f, actions, state.anchor))
    actions.push_back(toggle(props, *row, *emoji));
  if (!begin_popup(f, std::string{ids::kMessageMenu}, state.anchor, f.px(kMenuWidth))) return;
  Menu menu{props, *row, selection, f, actions};
  state.open_picker = draw_lines(menu);
  if (menu.done || state.open_picker || f.pressed(Key::escape)) ImGui::CloseCurrentPopup();
  end_popup();
}

}  // namespace wardroom::client::views
