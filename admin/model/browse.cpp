#include "admin/model/browse.hpp"

#include <string_view>

namespace wardroom::admin {
namespace {

std::string browse_title(const State& state, PathField field) {
  switch (field) {
    case PathField::csv:
      return state.csv.props.title;
    case PathField::import_file:
      return "Choose a CSV file of people";
    case PathField::invite_sheet:
      return "Save the invites";
    case PathField::evidence:
      break;
  }
  return "Save the evidence";
}

// What the file is called in the dialog: as in the field.
std::string suggested_name(PathField field, std::string_view typed) {
  if (field == PathField::import_file) return "";
  const auto slash = typed.find_last_of("/\\");
  const auto name = slash == std::string_view::npos ? typed : typed.substr(slash + 1);
  if (!name.empty() && name != "~") return std::string(name);
  switch (field) {
    case PathField::csv:
      return "wardroom.csv";
    case PathField::invite_sheet:
      return "wardroom-invites.html";
    default:
      return "wardroom-evidence.zip";
  }
}

// Whether the field is still there, and waits for a path.
bool is_wanted(const State& state, PathField field) {
  if (!state.signed_in()) return false;
  if (field == PathField::csv) return state.csv.props.serial != 0 && !state.csv.props.busy;
  if (field == PathField::evidence) return state.evidence.props.serial != 0 && !state.evidence.props.busy;
  return state.page == Page::imports;
}

}  // namespace

void close_useless_dialog(Turn& turn) {
  auto& browse = turn.state.browse;
  if (!browse.props.asking || is_wanted(turn.state, *browse.props.asking)) return;
  browse.props.asking.reset();
  turn.effect(StopChoosing{});
}

void fold(Turn& turn, const BrowsePath& action) {
  auto& browse = turn.state.browse;
  if (browse.props.asking || !is_wanted(turn.state, action.field)) return;
  browse.props.asking = action.field;
  browse.asked = turn.state.next_serial++;
  turn.effect(ChoosePath{browse.asked, browse_title(turn.state, action.field),
                         suggested_name(action.field, action.typed)});
}

void fold(Turn& turn, const PathChosen& event) {
  auto& browse = turn.state.browse;
  if (!browse.props.asking || event.asked != browse.asked) return;
  browse.props.field = *browse.props.asking;
  browse.props.asking.reset();
  browse.props.no_dialog = event.no_dialog;
  if (event.path.empty()) return;
  browse.props.path = event.path;
  ++browse.props.chosen;
}

}  // namespace wardroom::admin
