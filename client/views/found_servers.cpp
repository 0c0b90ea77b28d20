#include "client/views/found_servers.hpp"

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kFoundRow = 66;

void draw_found(const FoundServer& server, const Row& row, FrameContext& f) {
  const float x = row.rect.x0 + f.px(10);
  const float width = row.rect.x1 - f.px(10) - x;
  text_line(f, FontRole::bold, x, row.rect.y0 + f.px(6), f.theme.text0, f.screen(server.name), width);
  text_line(f, FontRole::small, x, row.rect.y0 + f.px(26), f.theme.text1, f.screen(server.address), width);
  text_line(f, FontRole::small, x, row.rect.y0 + f.px(44), f.theme.text2, server.words, width);
}

std::string_view words_beneath(const WelcomeProps& props) {
  if (!props.looking_error.empty()) return props.looking_error;
  if (props.looking != LookingForServers::over && props.found.empty())
    return tr("Looking for servers\xE2\x80\xA6");
  if (props.found.empty())
    return tr("No server answered. Type the address that your administrator gives you.");
  if (props.found_more)
    return tr(
        "More servers answered than can be shown, which is unusual. Ask your administrator for an invite "
        "link.");
  return tr(
      "Anyone on the network can put a server on this list. The fingerprint proves which one is yours.");
}

}  // namespace

void draw_found_servers(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f,
                        Actions& actions) {
  if (props.looking == LookingForServers::not_yet) actions.push_back(LookForServers{});
  vertical_gap(f, 20);
  section_header(f, tr("On this network"));
  for (std::size_t i = 0; i < props.found.size(); ++i) {
    const FoundServer& server = props.found[i];
    const Row row = list_row(f, Id{ids::kWelcomeFound, static_cast<std::int64_t>(i)}, server.name,
                             {.selected = state.address == server.address,
                              .height = kFoundRow,
                              .state = f.screen(server.address + ", " + server.words)});
    if (row.it.visible) draw_found(server, row, f);
    if (row.it.pressed && !props.busy) {
      state.address = server.address;
      state.focus_after_choice = true;
    }
  }
  vertical_gap(f, 6);
  paragraph(f, words_beneath(props), FontRole::small, f.theme.text2);
  if (props.looking != LookingForServers::over) return;
  vertical_gap(f, 8);
  if (link(f, ids::kWelcomeLookAgain, tr("Look again"))) actions.push_back(LookForServers{});
}

}  // namespace wardroom::client::views
