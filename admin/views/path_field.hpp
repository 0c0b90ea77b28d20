#pragma once

#include <string>
#include <string_view>

#include "admin/model/actions.hpp"
#include "admin/model/props/browse.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct PathFieldOptions {
  PathField field = PathField::csv;
  std::string_view id{};
  std::string_view browse_id{};
  std::string_view label{};
  std::string_view placeholder{};
  std::string_view error{};
  bool disabled = false;
  bool take_focus = false;
  float widest = 0;           // design length of the field; 0: as wide as the line
  std::string_view act_id{};  // of a button behind, which does something with the path; empty: there is none
  std::string_view act{};     // its words
  bool act_is_primary = false;
};

// A field for a path of this PC, with a button that opens the desktop's dialog for it. Where the line is too
// short, the buttons stand below. True: Enter, or the button behind, with a path in the field.
bool path_field(ui::FrameContext& f, const PathFieldOptions& options, std::string& path,
                const BrowseProps& browse, Actions& actions);

}  // namespace wardroom::admin::views
