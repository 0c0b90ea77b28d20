#include "admin/model/select_console.hpp"

#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

std::string offline_sentence(const State& state) {
  if (state.online()) return "";
  if (state.link == LinkChanged::State::offline)
    return state.link_error.empty() ? "You're offline." : state.link_error;
  return "";
}

}  // namespace

const ConsoleProps& ConsoleSelector::select(const State& state) {
  if (revision_ == state.revision) return props_;
  revision_ = state.revision;
  props_.screen = state.signed_in() ? Screen::main : Screen::sign_in;
  props_.toasts.clear();
  for (const auto& toast : state.toasts) props_.toasts.push_back(toast.props);
  props_.sign_in = state.sign_in.props;
  if (props_.screen == Screen::sign_in) {
    // Nothing that only the person before may see stays behind.
    props_.people = {};
    props_.audit = {};
    return props_;
  }
  props_.place = state.server->host + " · " + std::string(role_title(state.me->role));
  props_.page = state.page;
  props_.manages_people = state.is_admin();
  props_.offline = offline_sentence(state);
  if (state.page == Page::people)
    props_.people = select_people(state);
  else
    props_.audit = select_audit(state);
  return props_;
}

}  // namespace wardroom::admin
