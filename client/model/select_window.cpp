#include "client/model/select_window.hpp"

#include <algorithm>

#include "client/model/announcement.hpp"
#include "client/model/attention.hpp"
#include "client/model/date_jump.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/forwarding.hpp"
#include "client/model/language_files.hpp"
#include "client/model/pictures.hpp"
#include "client/model/profile.hpp"
#include "client/model/room_changes.hpp"
#include "client/model/room_name.hpp"
#include "client/model/room_order.hpp"
#include "client/model/saved.hpp"
#include "client/model/search.hpp"
#include "client/model/seen_by.hpp"
#include "client/model/select_dialogs.hpp"
#include "client/model/select_people.hpp"
#include "client/model/select_room.hpp"
#include "client/model/select_thread.hpp"
#include "client/model/select_transfers.hpp"
#include "client/model/side_bar_places.hpp"
#include "client/model/spelling.hpp"
#include "client/model/uploads.hpp"
#include "common/desk/model/select_witness.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/text/spelled_words.hpp"
#include "protocol/invite_link.hpp"

namespace wardroom::client {
namespace {

std::string_view presence_word(PresenceMark presence) {
  switch (presence) {
    case PresenceMark::online:
      return tr("Online");
    case PresenceMark::away:
      return tr("Away");
    case PresenceMark::busy:
      return tr("Busy");
    case PresenceMark::offline:
      break;
  }
  return tr("Offline");
}

RoomRow row_of(const State& state, RoomId id) {
  const auto& room = *state.find_room(id);
  RoomRow row;
  row.id = id;
  row.mark = room_mark(room);
  row.name = room_name(state, room);
  row.unread = static_cast<std::uint32_t>(unread_of(room));
  row.mentions = static_cast<std::uint32_t>(std::max<std::int64_t>(0, room.info.mentions));
  if (const UserId other = only_other(state, room); other.is_set())
    row.presence = person_props(state, other).presence;
  row.muted = is_silenced(state, room);
  row.selected = id == state.open_room;
  const bool has_text = !(room.editing ? room.kept_draft : room.draft).empty();
  row.has_draft = (has_text || !attached_to(state, id).empty()) && !row.selected;
  row.locked = room.info.archived || room.info.direct == protocol::DirectState::ended;
  return row;
}

SideBarSection section_of(const State& state, SideBarSection::Kind kind, const std::vector<RoomId>& ids) {
  SideBarSection section{kind, {}};
  const auto& collapsed = state.settings.collapsed;
  section.collapsed = std::find(collapsed.begin(), collapsed.end(), kind) != collapsed.end();
  for (const RoomId id : ids) section.rows.push_back(row_of(state, id));
  return section;
}

ConnectionMark connection_mark(const State& state) {
  switch (state.link.state) {
    case LinkChanged::State::online:
      return ConnectionMark::online;
    case LinkChanged::State::offline:
      return state.link.final ? ConnectionMark::refused : ConnectionMark::offline;
    case LinkChanged::State::connecting:
    case LinkChanged::State::idle:
      break;
  }
  return ConnectionMark::connecting;
}

}  // namespace

const WindowProps& WindowSelector::select(const State& state) {
  const auto& r = state.revisions;
  // Every change counts one of them up, so the sum tells whether anything changed.
  const std::uint64_t basis = r.people + r.rooms + r.outbox + r.ui;
  props_.screen = state.signed_in() && !state.held_up() ? Screen::main : Screen::welcome;
  if (basis != main_basis_) {
    main_basis_ = basis;
    if (props_.screen == Screen::welcome)
      select_welcome(state);
    else
      select_main(state);
  }
  if (props_.screen == Screen::main) timeline_.select(state);
  if (props_.screen == Screen::main) thread_timeline_.select(state);
  return props_;
}

void WindowSelector::select_main(const State& state) {
  select_side_bar(state);
  select_room(state);
  props_.saved = state.saved.shown ? select_saved(state) : SavedProps{};
  props_.threads = select_thread_list(state);
  select_thread_pane(state, props_.thread);
  props_.thread.composer.people = props_.composer.people;
  props_.search = state.search.shown ? select_search(state) : SearchProps{};
  select_banner(state);
  props_.log_alarm = desk::select_log_alarm(state.witness, state.wall);
  props_.announcement = {};
  if (const auto* shown = shown_announcement(state))
    props_.announcement = {shown->text, shown->must_acknowledge, state.announcement.busy};
  props_.toasts = state.toasts.props();
  props_.viewer = select_viewer(state);
  props_.dialog = state.dialog;
  select_dialogs(state);
}

void WindowSelector::select_side_bar(const State& state) {
  auto& bar = props_.side_bar;
  bar.self = person_props(state, state.me->id);
  bar.self.note = state.own_status.empty() ? std::string(presence_word(bar.self.presence)) : state.own_status;
  bar.do_not_disturb = state.settings.do_not_disturb;
  bar.quiet = is_quiet(state);
  bar.threads_shown = !state.threads.list.empty() || state.threads.shown;
  bar.threads_open = state.threads.shown;
  bar.threads_unread = state.threads.unread;
  const auto sections = room_sections(state);
  bar.sections.clear();
  if (!sections.requests.empty())
    bar.sections.push_back(section_of(state, SideBarSection::Kind::requests, sections.requests));
  if (!sections.unread.empty())
    bar.sections.push_back(section_of(state, SideBarSection::Kind::unread, sections.unread));
  if (!sections.favourites.empty())
    bar.sections.push_back(section_of(state, SideBarSection::Kind::favourites, sections.favourites));
  for (std::size_t i = 0; i < sections.own.size(); ++i) {
    auto& section = bar.sections.emplace_back(section_of(state, SideBarSection::Kind::own, sections.own[i]));
    section.index = i;
    section.name = state.settings.sidebar.sections[i].name;
    section.collapsed = state.settings.sidebar.sections[i].folded;
  }
  bar.sections.push_back(section_of(state, SideBarSection::Kind::rooms, sections.rooms));
  bar.sections.push_back(section_of(state, SideBarSection::Kind::direct, sections.direct));
  for (const auto& entry : state.outbox)
    for (auto& section : bar.sections)
      for (auto& row : section.rows)
        if (row.id == entry.row.room) row.has_unsent = true;
  const auto* menu_room = state.find_room(state.menu_room);
  props_.room_menu = menu_room ? select_header(state, *menu_room) : RoomHeaderProps{};
  bar.connection = connection_mark(state);
  const std::string host = state.server ? state.server->host : "";
  switch (bar.connection) {
    case ConnectionMark::online:
      bar.connection_line = host + " · TLS 1.3";
      break;
    case ConnectionMark::connecting:
      bar.connection_line = tr("Connecting to {0}…", host);
      break;
    case ConnectionMark::offline:
      bar.connection_line = tr("Offline · {0}", host);
      break;
    case ConnectionMark::refused:
      bar.connection_line = tr("Not connected · {0}", host);
      break;
  }
}

void WindowSelector::select_room(const State& state) {
  const auto* room = state.find_room(state.open_room);
  props_.room_open = room != nullptr;
  if (!room) return;
  props_.header = select_header(state, *room);
  if (props_.header.members_shown) props_.members = select_members(state, *room);
  if (props_.header.pins_shown) props_.pins = select_pins(state, *room);
  if (props_.header.files_shown) props_.files = select_files(state);
  select_composer(state, *room);
}

void WindowSelector::select_composer(const State& state, const RoomState& room) {
  auto& composer = props_.composer;
  composer.room = state.open_room;
  const bool direct = room.info.kind == protocol::RoomKind::direct;
  composer.placeholder =
      direct ? tr("Message {0}", room_name(state, room)) : tr("Message # {0}", room_name(state, room));
  composer.draft = room.draft;
  composer.draft_version = room.draft_version;
  composer.reply = {};
  if (room.reply_to) {
    const auto at = room.timeline.entries().find(*room.reply_to);
    composer.reply.seq = *room.reply_to;
    if (at != room.timeline.entries().end())
      if (const auto* message = at->second.message()) {
        composer.reply.author = person_name(state, message->author);
        composer.reply.excerpt = excerpt_of(*message);
      }
  }
  composer.editing = room.editing.has_value();
  composer.edited = room.editing.value_or(Seq{});
  composer.attachments =
      room.editing ? std::vector<AttachmentProps>() : select_attachments(state, state.open_room);
  composer.transfers = composer.attachments.empty() ? Transfers() : select_transfers(state);
  select_writing(state, room, composer);
  const std::uint64_t basis = state.revisions.people + state.revisions.ui + room.timeline.revision();
  if (composer_room_ != state.open_room || composer_people_basis_ != basis) {
    composer_room_ = state.open_room;
    composer_people_basis_ = basis;
    composer.people = select_mentionable(state, room);
  }
  composer.commands = select_commands(state, room);
  composer.emoji = state.settings.emoji;
  composer.spelling = select_spelling(state);
}

void WindowSelector::select_banner(const State& state) {
  auto& banner = props_.banner;
  banner = {};
  if (!state.online() && !state.link.error.empty()) {
    banner.tone = state.link.final ? BannerProps::Tone::bad : BannerProps::Tone::quiet;
    banner.text = state.link.error;
    banner.action_label = tr("Try now");
  }
}

void WindowSelector::select_dialogs(const State& state) {
  switch (state.dialog) {
    case Dialog::none:
    case Dialog::keys:
      break;
    case Dialog::reason:
      props_.reason_dialog = select_reason_dialog(state);
      break;
    case Dialog::watch:
      props_.watch = desk::select_watch(state.witness, State::kWatcher, to_string(*state.server), state.zone,
                                        state.wall, state.me ? std::optional(state.me->role) : std::nullopt);
      break;
    case Dialog::forward:
      props_.forward = select_forward(state);
      break;
    case Dialog::change_room:
      props_.change_room = select_change_room(state);
      break;
    case Dialog::add_people:
      props_.add_people = select_add_people(state);
      break;
    case Dialog::date:
      props_.date = select_date(state);
      break;
    case Dialog::section:
      props_.section = select_section(state);
      break;
    case Dialog::profile:
      props_.profile = select_profile_card(state);
      break;
    case Dialog::status:
      props_.status = select_status(state);
      break;
    case Dialog::seen_by:
      props_.seen_by = select_seen_by(state);
      break;
    case Dialog::link:
      props_.link_target = state.link_target;
      break;
    case Dialog::path: {
      const auto& asked = state.path_dialog;
      props_.path = {asked.file.has_value(), asked.file ? asked.file->name : "", asked.path, asked.serial,
                     asked.error};
      break;
    }
    case Dialog::versions:
      props_.versions = select_versions(state);
      break;
    case Dialog::switcher:
      select_switcher(state);
      break;
    case Dialog::settings:
      select_settings(state);
      break;
    case Dialog::create_room:
      props_.create_room = {state.create_form.busy, state.create_form.error};
      break;
    case Dialog::browse: {
      props_.browse = {{}, state.browse_form.busy, state.browse_form.error};
      for (const auto& room : state.browse)
        props_.browse.rows.push_back({room.id, room.name, room.topic,
                                      tr_count(room.members, "{0} member", "{0} members"),
                                      room.joined || state.find_room(room.id) != nullptr});
      break;
    }
    case Dialog::new_direct:
      props_.new_direct.people = select_directory(state);
      props_.new_direct.loading = state.directory_loading;
      props_.new_direct.busy = state.direct_form.busy;
      props_.new_direct.error = state.direct_form.error;
      break;
  }
}

void WindowSelector::select_switcher(const State& state) {
  auto& entries = props_.switcher.entries;
  entries.clear();
  std::set<UserId> has_room;
  for (const RoomId id : room_order(state)) {
    const auto& room = *state.find_room(id);
    SwitcherProps::Entry entry;
    entry.room = id;
    entry.mark = room_mark(room);
    entry.name = room_name(state, room);
    entry.detail = room.info.topic;
    entry.unread = static_cast<std::uint32_t>(unread_of(room));
    entry.mentions = static_cast<std::uint32_t>(std::max<std::int64_t>(0, room.info.mentions));
    if (const UserId other = only_other(state, room); other.is_set()) {
      has_room.insert(other);
      entry.presence = person_props(state, other).presence;
      entry.detail = "@" + person_props(state, other).name;
    }
    entries.push_back(std::move(entry));
  }
  for (auto& person : select_directory(state)) {
    if (has_room.contains(person.id)) continue;
    SwitcherProps::Entry entry;
    entry.person = person.id;
    entry.mark = RoomMark::direct;
    entry.presence = person.presence;
    entry.name = std::move(person.display_name);
    entry.detail = "@" + person.name;
    entries.push_back(std::move(entry));
  }
}

void WindowSelector::select_settings(const State& state) {
  auto& settings = props_.settings;
  settings.self = person_props(state, state.me->id);
  settings.profile = select_own_profile(state);
  settings.theme = state.settings.theme;
  settings.theme_set_by = state.policy.dark ? desk::set_by(state.policy.dark->who) : "";
  settings.scale_percent = state.settings.scale_percent;
  settings.attention = select_attention(state);
  settings.language = state.settings.language;
  settings.languages.clear();
  for (const auto& file : language_files())
    settings.languages.push_back(
        {std::string(file.tag), text::name_of_language(std::string(file.tag), std::string(file.tag))});
  settings.spelling = select_spelling_settings(state);
  settings.profile_busy = state.profile_form.busy;
  settings.profile_error = state.profile_form.error;
  settings.profile_saved = state.profile_form.saved;
  settings.password_busy = state.password_form.busy;
  settings.password_error = state.password_form.error;
  settings.password_saved = state.password_form.saved;
  settings.second_factor = select_second_factor(state);
  settings.devices = select_devices(state);
  settings.devices_loading = state.devices_form.busy;
  settings.devices_error = state.devices_form.error;
  settings.server = state.server ? to_string(*state.server) : "";
  settings.fingerprint = state.server ? protocol::fingerprint(state.server->ca_pin) : "";
  settings.version = state.version;
  settings.log = desk::watch_status(state.witness, State::kWatcher, state.zone, state.wall);
}

void WindowSelector::select_welcome(const State& state) {
  auto& welcome = props_.welcome;
  welcome = state.welcome.props;
  if (state.welcome.wanted)
    welcome.server = to_string(state.welcome.wanted->server);
  else if (state.server && welcome.step != WelcomeStep::introduce)
    welcome.server = to_string(*state.server);
  if (state.signed_in()) select_duty(state);
  props_.toasts = state.toasts.props();
  props_.dialog = Dialog::none;
}

// What the office wants before it lets the person in.
void WindowSelector::select_duty(const State& state) {
  auto& welcome = props_.welcome;
  welcome.server = state.server ? to_string(*state.server) : "";
  welcome.name = state.me->name;
  if (state.must_change_password) {
    welcome.step = WelcomeStep::new_password;
    welcome.busy = state.password_form.busy;
    welcome.progress = tr("Changing your password…");
    welcome.error = state.password_form.error;
    welcome.error_field = welcome.error.empty() ? WelcomeField::none : WelcomeField::new_password;
  } else {
    welcome.step = WelcomeStep::second_factor;
    welcome.second_factor = select_second_factor(state);
  }
  if (!state.online() && welcome.error.empty() && !state.link.error.empty()) welcome.error = state.link.error;
}

}  // namespace wardroom::client
