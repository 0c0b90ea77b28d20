#include "client/views/thread.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/popup.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kThreadHeader = 56;
constexpr float kNoteLine = 26;

// Timeline and composer are the room's, and say what a person did in a room: here it was done in the thread.
struct InThread {
  const ThreadName& thread;
  Actions& actions;

  void operator()(const SendMessage& one) { actions.push_back(SendInThread{thread, one.text}); }
  void operator()(const ChangeDraft& one) { actions.push_back(DraftInThread{thread, one.text}); }
  void operator()(const EditLast&) { actions.push_back(EditInThread{thread, {}}); }
  void operator()(const StartEdit& one) { actions.push_back(EditInThread{thread, one.seq}); }
  void operator()(const CancelEdit&) { actions.push_back(CancelEditInThread{thread}); }
  void operator()(const SeenNewest&) { actions.push_back(SeenInThread{thread, {}}); }
  void operator()(const SeenUpTo& one) { actions.push_back(SeenInThread{thread, one.seq}); }
  void operator()(const MarkUnread& one) { actions.push_back(UnreadInThread{thread, one.seq}); }
  void operator()(const LoadOlder&) { actions.push_back(OlderInThread{thread}); }
  void operator()(const ChooseAttachments&) { actions.push_back(ChooseAttachments{thread}); }
  void operator()(const AttachText& one) { actions.push_back(AttachText{thread, one.text}); }
  void operator()(const AttachClipboardPicture&) { actions.push_back(AttachClipboardPicture{thread}); }
  // Escape in its composer.
  void operator()(const MarkRead&) { actions.push_back(CloseThread{}); }
  // It always goes to its newest end.
  void operator()(const LoadNewer&) {}
  void operator()(const JumpToNewest&) {}
  template <class Other>
  void operator()(const Other& one) {
    actions.push_back(one);
  }
};

void draw_thread_header(const ThreadPaneProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "thread.header", area);
  const float y = area.y0 + f.px(8);
  float right = area.x1 - f.px(10);
  const auto square = [&] {
    const Rect rect{right - f.px(28), area.y0 + f.px(14), right, area.y0 + f.px(42)};
    right -= f.px(32);
    return rect;
  };
  const Rect cross = square(), bell = square();
  // In the order in which Tab goes.
  const std::string_view follow = props.followed ? tr("Following: press to stop") : tr("Follow this thread");
  if (icon_button_at(f, ids::kThreadFollow, bell, props.followed ? Icon::eye : Icon::bell_off, follow,
                     {.disabled = !props.may_follow, .selected = props.followed}))
    actions.push_back(FollowThread{props.thread, !props.followed});
  if (icon_button_at(f, ids::kThreadClose, cross, Icon::close, tr("Close the thread (Esc)")))
    actions.push_back(CloseThread{});
  const float x = area.x0 + f.px(20);
  const float width = text_line(f, FontRole::title, x, y, f.theme.text0, tr("Thread"));
  note(f, ItemKind::header, {x, y, x + width, y + f.px(22)}, tr("Thread"));
  const Rect where{x, y + f.px(21), right, y + f.px(38)};
  text_in(f, FontRole::small, where, f.theme.text2, f.screen(props.where));
  note(f, ItemKind::text, where, props.where);
  hairline(f, area.x0, area.x1, area.y1 - 1, f.theme.line);
  end_pane();
}

// Whoever clicks in it or writes in it is in it.
void follow_person(ThreadViewState& state, const Rect& area) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Right))
    state.has_keys = mouse.x >= area.x0 && mouse.x < area.x1 && mouse.y >= area.y0 && mouse.y < area.y1;
  else if (state.composer.text.focused)
    state.has_keys = true;
}

bool is_escaped(const ThreadViewState& state, const FrameContext& f) {
  if (state.had_popup || any_popup_open()) return false;
  const bool undoes = state.timeline.chosen_key != 0 || !state.timeline.selection.empty();
  return f.pressed(Key::escape) && !ImGui::GetIO().WantTextInput && !undoes;
}

}  // namespace

void draw_thread(const ThreadPaneProps& props, ThreadViewState& state, bool escapes, FrameContext& f,
                 Actions& actions, const Rect& area) {
  if (state.serial != props.serial) {
    state = {};
    state.serial = props.serial;
    state.composer.takes_typing = false;
  }
  fill(area, f.theme.surface1);
  Rect rest = area;
  draw_thread_header(props, f, actions, {area.x0, area.y0, area.x1, area.y0 + f.px(kThreadHeader)});
  rest.y0 += f.px(kThreadHeader);
  if (!props.note.empty()) {
    const Rect line{area.x0 + f.px(20), rest.y0, area.x1 - f.px(12), rest.y0 + f.px(kNoteLine)};
    text_in(f, FontRole::small, line, f.theme.text2, f.screen(props.note));
    note(f, ItemKind::text, line, props.note);
    rest.y0 += f.px(kNoteLine);
  }
  follow_person(state, area);
  // Before the views take the key for themselves.
  const bool escaped = escapes && is_escaped(state, f);
  Actions done;
  {
    const IdScope scope(f, ids::kThreadPane);
    const float composer = composer_height(props.composer, state.composer, f, area.width());
    const auto& writing = state.composer.text;
    state.timeline.takes_keys = state.has_keys;
    state.timeline.keys_free = writing.focused && writing.edit.text().empty();
    draw_timeline(props.timeline, state.timeline, f, done, {rest.x0, rest.y0, rest.x1, rest.y1 - composer});
    draw_composer(props.composer, {}, state.composer, f, done,
                  {rest.x0, rest.y1 - composer, rest.x1, rest.y1});
  }
  InThread in{props.thread, actions};
  for (const Action& action : done) std::visit(in, action);
  if (escaped) actions.push_back(CloseThread{});
  state.had_popup = any_popup_open();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
