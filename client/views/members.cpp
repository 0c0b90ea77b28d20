#include "client/views/members.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/matching.hpp"
#include "client/views/presence_mark.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr std::size_t kFilteredFrom = 8;

std::string_view title_of(PresenceMark presence) {
  switch (presence) {
    case PresenceMark::online:
    case PresenceMark::busy:
      return tr("ONLINE");
    case PresenceMark::away:
      return tr("AWAY");
    case PresenceMark::offline:
      return tr("OFFLINE");
  }
  return "";
}

std::string menu_of(UserId user) {
  return Id{"members.menu", user.value}.text();
}

// The menu of one person. Named after them, so that one at a time is open.
void draw_menu(const MemberProps& member, RoomId room, FrameContext& f, Actions& actions,
               const Rect& anchor) {
  const PersonProps& person = member.person;
  if (!begin_popup(f, menu_of(person.id), anchor, f.px(216))) return;
  const auto line = [&](std::string_view id, std::string_view label, Action action, bool danger = false) {
    if (!menu_row(f, id, f.screen(label), {.danger = danger})) return;
    actions.push_back(std::move(action));
    ImGui::CloseCurrentPopup();
  };
  line(ids::kMemberWrite, tr("Write to {0}", person.display_name), OpenDirect{{person.id}});
  line(ids::kMemberProfile, tr("Profile…"), ShowProfile{person.id});
  if (member.answers_to_me) {
    menu_separator(f);
    line(ids::kMemberModerator, member.moderator ? tr("Remove as moderator") : tr("Make moderator"),
         SetMemberRole{room, person.id, !member.moderator});
    if (member.muted)
      line(ids::kMemberMute, tr("Unmute"), Unmute{room, person.id});
    else
      line(ids::kMemberMute, tr("Mute…"), AskReason{ReasonedAction::mute, room, {}, person.id});
    menu_separator(f);
    line(ids::kMemberKick, tr("Remove from the room…"), AskReason{ReasonedAction::kick, room, {}, person.id},
         true);
    line(ids::kMemberBan, tr("Ban from the room…"), AskReason{ReasonedAction::ban, room, {}, person.id},
         true);
  }
  end_popup();
}

void draw_person(const MemberProps& member, RoomId room_id, FrameContext& f, Actions& actions) {
  const PersonProps& person = member.person;
  const Row row = list_row(f, Id{ids::kMember, person.id.value}, person.display_name,
                           {.height = 40, .state = person.note});
  if ((row.it.pressed || row.it.right_pressed) && !person.is_self) open_popup(menu_of(person.id));
  if (!row.it.visible) return;
  draw_menu(member, room_id, f, actions, row.rect);
  const bool present = person.presence == PresenceMark::online || person.presence == PresenceMark::busy;
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  const float disc = row.rect.x0 + f.px(20);
  avatar(f, disc, middle, f.px(28), person.display_name, !present);
  if (person.presence == PresenceMark::busy || person.presence == PresenceMark::away) {
    const Colour behind = row.it.hovered ? f.theme.surface2 : f.theme.surface0;
    ImGui::GetWindowDrawList()->AddCircleFilled({disc + f.px(10), middle + f.px(10)}, f.px(6), behind, 16);
    presence_dot(f, disc + f.px(10), middle + f.px(10), f.px(8), dot_of(person.presence), behind);
  }
  const float x = row.rect.x0 + f.px(44);
  const float room = row.rect.x1 - x - f.px(8);
  const Colour ink = present ? f.theme.text0 : f.theme.text1;
  const std::string name =
      f.screen(person.is_self ? tr("{0} (you)", text::isolated(person.display_name)) : person.display_name);
  if (person.note.empty()) {
    text_in(f, FontRole::text, {x, row.rect.y0, x + room, row.rect.y1}, ink, name);
  } else {
    text_line(f, FontRole::text, x, middle - f.px(18), ink, name, room);
    const Colour quiet = row.it.hovered ? f.theme.text1 : f.theme.text2;
    text_line(f, FontRole::small, x, middle + f.px(1), member.muted ? f.theme.warn : quiet,
              f.screen(person.note), room);
  }
  if (text_width(f, FontRole::text, name) > room) tooltip(f, row.it, name);
}

// In a room of a few everybody is in sight anyhow.
void draw_filter(const MembersProps& props, MembersViewState& state, FrameContext& f) {
  if (props.total < kFilteredFrom && state.filter.empty()) return;
  text_field(f, ids::kMemberFilter, state.filter, {.placeholder = tr("Find a member"), .search = true});
  vertical_gap(f, 8);
}

}  // namespace

void draw_members(const MembersProps& props, MembersViewState& state, FrameContext& f, Actions& actions,
                  const Rect& area) {
  if (state.room != props.room) state = {props.room, {}};
  fill(area, f.theme.surface0);
  begin_pane(f, "members", area, {.scrolls = true, .padding_x = 8, .padding_y = 12});
  const Rect head = place(0, f.px(26));
  const float width = text_line(f, FontRole::bold, head.x0 + f.px(6), head.y0, f.theme.text0, tr("Members"));
  const bool loading = props.loading && props.total == 0;
  text_line(f, FontRole::small_bold, head.x0 + f.px(12) + width, head.y0 + f.px(2), f.theme.text2,
            loading ? "" : std::to_string(props.total));
  note(f, ItemKind::header, head, tr("Members {0}", std::to_string(props.total)));
  if (loading) {
    const Rect line = place(0, f.px(24));
    text_line(f, FontRole::small, line.x0 + f.px(6), line.y0, f.theme.text2, tr("Loading\xE2\x80\xA6"));
  }
  draw_filter(props, state, f);
  const Typed typed(state.filter);
  bool any = false;
  for (const MemberSection& section : props.sections) {
    std::vector<const MemberProps*> people;
    for (const MemberProps& member : section.people)
      if (typed.is_in(member.person.display_name) || typed.is_in(member.person.name))
        people.push_back(&member);
    if (people.empty()) continue;
    any = true;
    const Rect line = place(0, f.px(24));
    const std::string title =
        std::string{title_of(section.presence)} + " \xE2\x80\x94 " + std::to_string(people.size());
    text_line(f, FontRole::small, line.x0 + f.px(6), line.y0, f.theme.text2, f.screen(title));
    note(f, ItemKind::header, line, title);
    for (const MemberProps* member : people) draw_person(*member, props.room, f, actions);
    vertical_gap(f, 12);
  }
  if (!any && !state.filter.empty()) {
    const Rect line = place(0, f.px(24));
    text_line(f, FontRole::small, line.x0 + f.px(6), line.y0, f.theme.text2, tr("Nobody by that name."));
    note(f, ItemKind::text, line, tr("Nobody by that name."));
  }
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
