#include "client/views/room_dialogs.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>
#include <utility>

#include "client/views/ids.hpp"
#include "client/views/matching.hpp"
#include "client/views/presence_mark.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kRoomListHeight = 320;

Rect list_area(FrameContext& f) {
  const float height = std::min(f.px(kRoomListHeight), f.height - f.px(260));
  const Rect rect = place(0, std::max(f.px(80), height));
  return rect;
}

void draw_quiet_line(FrameContext& f, std::string_view words) {
  const Rect rect = place(0, f.px(48));
  text_in(f, FontRole::text, rect, f.theme.text1, f.screen(words), true);
  note(f, ItemKind::text, rect, words);
}

void draw_browse_row(const BrowseProps::Row& room, FrameContext& f, Actions& actions) {
  const Row row = list_row(f, Id{ids::kBrowseRoom, room.room.value}, room.name,
                           {.height = 48, .state = room.joined ? "joined" : ""});
  if (row.it.pressed) {
    actions.push_back(ShowDialog{Dialog::none});
    if (room.joined)
      actions.push_back(OpenRoom{room.room});
    else
      actions.push_back(JoinRoom{room.room});
  }
  if (!row.it.visible) return;
  const float x = row.rect.x0 + f.px(12);
  const std::string verb = room.joined ? tr("Open") : tr("Join");
  const float verb_width = text_width(f, FontRole::text, verb);
  const float right = row.rect.x1 - f.px(28) - verb_width;
  const Rect verb_rect{right + f.px(14), row.rect.y0, row.rect.x1, row.rect.y1};
  text_in(f, FontRole::text, verb_rect, f.theme.accent, verb);
  note(f, ItemKind::text, verb_rect, verb, Id{ids::kBrowseVerb, room.room.value}.text());
  // The count has its place; a long name is cut before it.
  const std::string joined =
      f.screen(room.joined ? tr("{0} \xC2\xB7 you're in it", room.members) : room.members);
  const float count_width = text_width(f, FontRole::small, joined);
  const std::string name = f.screen("# " + room.name), topic = f.screen(room.topic);
  const float name_room = std::max(f.px(40), right - x - count_width - f.px(8));
  const float width = text_line(f, FontRole::bold, x, row.rect.y0 + f.px(5), f.theme.text0, name, name_room);
  const Rect count{x + width + f.px(8), row.rect.y0 + f.px(7), x + width + f.px(8) + count_width,
                   row.rect.y0 + f.px(23)};
  text_line(f, FontRole::small, count.x0, count.y0, f.theme.text1, joined);
  note(f, ItemKind::text, count, joined, Id{ids::kBrowseCount, room.room.value}.text());
  text_line(f, FontRole::small, x, row.rect.y0 + f.px(25), f.theme.text1, topic, right - x);
  const bool cut =
      text_width(f, FontRole::bold, name) > name_room || text_width(f, FontRole::small, topic) > right - x;
  if (cut) tooltip(f, row.it, topic.empty() ? name : name + "\n" + topic);
}

}  // namespace

void tidy_room_name(std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z')
      out += static_cast<char>(c - 'A' + 'a');
    else if (c == ' ')
      out += '-';
    else if (c != '#')
      out += c;
  }
  name = std::move(out);
}

namespace {

bool is_chosen(const NewDirectViewState& state, UserId id) {
  return std::find(state.chosen.begin(), state.chosen.end(), id) != state.chosen.end();
}

void draw_person_choice(const PersonProps& person, const NewDirectProps& props, NewDirectViewState& state,
                        FrameContext& f) {
  const bool chosen = is_chosen(state, person.id);
  const Row row = list_row(f, Id{ids::kDirectPerson, person.id.value}, person.display_name,
                           {.selected = chosen, .height = 40});
  if (row.it.pressed && chosen) std::erase(state.chosen, person.id);
  if (row.it.pressed && !chosen && state.chosen.size() < props.most) state.chosen.push_back(person.id);
  // Enter starts the conversation then.
  state.take_focus = state.take_focus || row.it.pressed;
  if (!row.it.visible) return;
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  avatar(f, row.rect.x0 + f.px(22), middle, f.px(28), person.display_name);
  float x = row.rect.x0 + f.px(46);
  x += text_line(f, FontRole::text, x, middle - f.px(10), f.theme.text0, f.screen(person.display_name)) +
       f.px(8);
  text_line(f, FontRole::small, x, middle - f.px(8), f.theme.text1, f.screen("@" + person.name),
            row.rect.x1 - x - f.px(40));
  if (chosen) draw_icon(f, Icon::check, row.rect.x1 - f.px(20), middle, f.px(16), f.theme.accent);
}

}  // namespace

void draw_browse(const BrowseProps& props, BrowseViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kBrowseDialog, tr("Browse rooms"), {.width = 560}, close)) return;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) state = {};
  vertical_gap(f, 4);
  text_field(f, ids::kBrowseQuery, state.query,
             {.placeholder = tr("Name or topic"), .search = true, .take_focus = appearing});
  vertical_gap(f, 8);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  const Rect area = list_area(f);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "browse.list", area, {.scrolls = true});
  std::size_t shown = 0;
  const Typed typed(state.query);
  for (const BrowseProps::Row& room : props.rows) {
    if (!typed.is_in(room.name) && !typed.is_in(room.topic)) continue;
    draw_browse_row(room, f, actions);
    ++shown;
  }
  if (shown == 0)
    draw_quiet_line(f, props.loading        ? tr("Loading\xE2\x80\xA6")
                       : props.rows.empty() ? tr("There are no public rooms yet.")
                                            : tr("No rooms match."));
  end_pane();
  ImGui::SetCursorScreenPos(after);
  const DialogChoice choice =
      dialog_buttons(f, ids::kBrowseDialog, {.confirm = tr("Create a room"), .cancel = tr("Close")});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(ShowDialog{Dialog::create_room});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

void draw_create_room(const CreateRoomProps& props, CreateRoomViewState& state, FrameContext& f,
                      Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kCreateDialog, tr("Create a room"), {.width = 460}, close)) return;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) state = {};
  vertical_gap(f, 8);
  const FieldResult name = text_field(f, ids::kCreateName, state.name,
                                      {.label = tr("Name"),
                                       .placeholder = tr("For example: release-8"),
                                       .help = tr("Lower case, short, without spaces."),
                                       .error = props.error,
                                       .disabled = props.busy,
                                       .take_focus = appearing});
  if (name.changed) tidy_room_name(state.name);
  vertical_gap(f, 12);
  const FieldResult topic = text_field(
      f, ids::kCreateTopic, state.topic,
      {.label = tr("Topic (optional)"), .placeholder = tr("What is it about?"), .disabled = props.busy});
  vertical_gap(f, 16);
  const std::array<std::string_view, 2> kKinds{tr("Public"), tr("Private")};
  segmented(f, ids::kCreateKind, kKinds, state.kind);
  vertical_gap(f, 6);
  paragraph(f,
            state.kind == 0 ? tr("Everyone in the office can find and join it.")
                            : tr("Only people who are invited can see it."),
            FontRole::small, f.theme.text1);
  const bool ready = !state.name.empty() && !props.busy;
  const DialogChoice choice =
      dialog_buttons(f, ids::kCreateDialog,
                     {.confirm = props.busy ? tr("Creating") : tr("Create"), .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || name.submitted || topic.submitted)) {
    actions.push_back(CreateRoom{state.name, state.topic, state.kind == 1});
  } else if (close || choice == DialogChoice::cancelled) {
    actions.push_back(ShowDialog{Dialog::none});
  }
}

namespace {

struct PeopleDialog {
  std::string_view id;
  std::string title;
  std::string_view verb;  // "Start": on the button
};

// Chooses people by mouse or by a few letters and Enter.
DialogChoice draw_people(const PeopleDialog& dialog, const NewDirectProps& props, NewDirectViewState& state,
                         FrameContext& f) {
  bool close = false;
  if (!begin_dialog(f, dialog.id, f.screen(dialog.title), {.width = 460}, close)) return DialogChoice::none;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) state = {};
  vertical_gap(f, 4);
  const bool goes_on = std::exchange(state.take_focus, false);
  const FieldResult query = text_field(f, ids::kDirectQuery, state.query,
                                       {.placeholder = tr("Name"),
                                        .search = true,
                                        .disabled = props.busy,
                                        .take_focus = appearing || goes_on});
  vertical_gap(f, 8);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  const Rect area = list_area(f);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "direct.list", area, {.scrolls = true});
  std::size_t shown = 0;
  const Typed typed(state.query);
  const PersonProps* first = nullptr;
  for (const PersonProps& person : props.people) {
    if (!typed.is_in(person.display_name) && !typed.is_in(person.name)) continue;
    if (!first) first = &person;
    draw_person_choice(person, props, state, f);
    ++shown;
  }
  if (shown == 0) draw_quiet_line(f, props.loading ? tr("Loading\xE2\x80\xA6") : tr("Nobody by that name."));
  end_pane();
  ImGui::SetCursorScreenPos(after);
  // Enter chooses the first one, and Enter again starts with who is chosen.
  const bool starts = query.submitted && state.query.empty() && !state.chosen.empty() && !props.busy;
  if (query.submitted && !state.query.empty() && first) {
    if (!is_chosen(state, first->id) && state.chosen.size() < props.most) state.chosen.push_back(first->id);
    state.query.clear();
  }
  const auto chosen = std::ssize(state.chosen);
  const std::string label = chosen < 2 ? std::string(dialog.verb)
                            : props.room.empty()
                                ? tr_count(chosen, "Start with {0} person", "Start with {0} people")
                                : tr_count(chosen, "Add {0} person", "Add {0} people");
  const DialogChoice choice = dialog_buttons(
      f, dialog.id, {.confirm = label, .confirm_disabled = state.chosen.empty() || props.busy});
  end_dialog();
  if (starts) return DialogChoice::confirmed;
  return close ? DialogChoice::cancelled : choice;
}

}  // namespace

void draw_new_direct(const NewDirectProps& props, NewDirectViewState& state, FrameContext& f,
                     Actions& actions) {
  const DialogChoice choice =
      draw_people({ids::kDirectDialog, tr("New direct message"), tr("Start")}, props, state, f);
  if (choice == DialogChoice::confirmed) actions.push_back(OpenDirect{state.chosen});
  if (choice == DialogChoice::cancelled) actions.push_back(ShowDialog{Dialog::none});
}

void draw_add_people(const NewDirectProps& props, NewDirectViewState& state, FrameContext& f,
                     Actions& actions) {
  const DialogChoice choice =
      draw_people({ids::kAddDialog, tr("Add people to #{0}", props.room), tr("Add")}, props, state, f);
  if (choice == DialogChoice::confirmed) actions.push_back(AddPeople{state.chosen});
  if (choice == DialogChoice::cancelled) actions.push_back(ShowDialog{Dialog::none});
}

void draw_change_room(const ChangeRoomProps& props, ChangeRoomViewState& state, FrameContext& f,
                      Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kChangeDialog, tr("Name and topic"), {.width = 460}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, props.name, props.topic};
  vertical_gap(f, 8);
  const FieldResult name = text_field(f, ids::kChangeName, state.name,
                                      {.label = tr("Name"),
                                       .help = tr("Lower case, short, without spaces."),
                                       .error = props.error,
                                       .disabled = props.busy,
                                       .take_focus = fresh});
  if (name.changed) tidy_room_name(state.name);
  vertical_gap(f, 12);
  const FieldResult topic =
      text_field(f, ids::kChangeTopic, state.topic,
                 {.label = tr("Topic"), .placeholder = tr("What is it about?"), .disabled = props.busy});
  const bool ready = !state.name.empty() && !props.busy;
  const DialogChoice choice = dialog_buttons(
      f, ids::kChangeDialog, {.confirm = props.busy ? tr("Saving") : tr("Save"), .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || name.submitted || topic.submitted))
    actions.push_back(ChangeRoom{state.name, state.topic});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
