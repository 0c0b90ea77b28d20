#pragma once

#include <string>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct BrowseViewState {
  std::string query;
};
// The office's public rooms: join or open one.
void draw_browse(const BrowseProps& props, BrowseViewState& state, ui::FrameContext& f, Actions& actions);

struct CreateRoomViewState {
  std::string name;
  std::string topic;
  std::size_t kind = 0;  // 0: public, 1: private
};
void draw_create_room(const CreateRoomProps& props, CreateRoomViewState& state, ui::FrameContext& f,
                      Actions& actions);

struct NewDirectViewState {
  std::string query;
  std::vector<UserId> chosen;
  bool take_focus = false;  // somebody was chosen by the mouse
};
void draw_new_direct(const NewDirectProps& props, NewDirectViewState& state, ui::FrameContext& f,
                     Actions& actions);
// The same choice, for a room that they aren't in yet.
void draw_add_people(const NewDirectProps& props, NewDirectViewState& state, ui::FrameContext& f,
                     Actions& actions);

struct ChangeRoomViewState {
  std::uint64_t serial = 0;
  std::string name;
  std::string topic;
};
void draw_change_room(const ChangeRoomProps& props, ChangeRoomViewState& state, ui::FrameContext& f,
                      Actions& actions);

// A name that a room may have: what is typed becomes it while it is typed.
void tidy_room_name(std::string& name);

}  // namespace wardroom::client::views
