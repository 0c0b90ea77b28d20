// One visit of a PC to a server, as the client or the console:
//   e2e_witness client|console FOLDER see ADDRESS FINGERPRINT NAME PASSWORD   signs in and sees the log's
//   head e2e_witness client|console FOLDER alarm                                   resumes, and shows the
//   alarm e2e_witness client|console FOLDER quiet                                   resumes, and compares
//   without one
#include <filesystem>
#include <iostream>

#include "admin/model/select_console.hpp"
#include "admin/model/update.hpp"
#include "admin/session/effect_runner.hpp"
#include "admin/views/console.hpp"
#include "client/model/select_window.hpp"
#include "client/model/update.hpp"
#include "client/session/effect_runner.hpp"
#include "client/views/window.hpp"
#include "tests/e2e_witness/program_at_screen.hpp"

namespace {

using namespace wardroom;
using Clock = std::chrono::steady_clock;

// A loaded machine is slow, and says so; the promise itself is 5 s.
constexpr std::chrono::seconds kMost{120};

class QuietDesktop final : public client::Desktop {
 public:
  void open_url(const std::string&) override {}
  void open_path(const std::string&) override {}
};

struct ClientParts {
  using State = client::State;
  using Event = client::Event;
  using Action = client::Action;
  using Selector = client::WindowSelector;
  using ViewState = client::views::WindowViewState;
  using Session = client::EffectRunner;
  static client::Effects update_action(State& state, const Action& action) { return update(state, action); }
  static client::Effects update_event(State& state, const Event& event) { return update(state, event); }
  static Event tick(TimePoint now) { return client::Tick{now}; }
  static std::unique_ptr<Session> open_session(const std::filesystem::path& directory, Inbox& inbox,
                                               State& state, std::function<void(Event)> fold) {
    static QuietDesktop desktop;
    state.device = {"PC", "wardroom", {}};
    Session::Handlers handlers{std::move(fold), [&state] {
                                 return link::ResumePoint{state.epoch, resume_rooms(state)};
                               }};
    return std::make_unique<Session>(desk::EffectRunner::Options{directory, state.device}, inbox, desktop,
                                     std::move(handlers));
  }
  static void draw(const client::WindowProps& props, ViewState& view, ui::FrameContext& f) {
    client::Actions actions;
    client::views::draw_window(props, view, f, actions);
  }
  static bool asks_name(const State& state) {
    return state.welcome.props.step == client::WelcomeStep::sign_in;
  }
  static bool is_loaded(const State& state) { return state.profile_loaded; }
  static Action use(std::string address, std::string fingerprint) {
    return client::UseAddress{std::move(address), std::move(fingerprint)};
  }
  static Action sign_in(std::string name, const std::string& password) {
    return client::SignIn{std::move(name), Secret(password), {}};
  }
};

struct ConsoleParts {
  using State = admin::State;
  using Event = admin::Event;
  using Action = admin::Action;
  using Selector = admin::ConsoleSelector;
  using ViewState = admin::views::ConsoleViewState;
  using Session = admin::EffectRunner;
  static admin::Effects update_action(State& state, const Action& action) { return update(state, action); }
  static admin::Effects update_event(State& state, const Event& event) { return update(state, event); }
  static Event tick(TimePoint now) { return admin::Tick{now}; }
  static std::unique_ptr<Session> open_session(const std::filesystem::path& directory, Inbox& inbox,
                                               State& state, std::function<void(Event)> fold) {
    state.device = {"PC", "wardroom-admin", {}};
    return std::make_unique<Session>(desk::EffectRunner::Options{directory, state.device}, "", inbox,
                                     std::move(fold));
  }
  static void draw(const admin::ConsoleProps& props, ViewState& view, ui::FrameContext& f) {
    admin::Actions actions;
    admin::views::draw_console(props, view, f, actions);
  }
  static bool asks_name(const State& state) { return state.sign_in.props.step == admin::SignInStep::sign_in; }
  static bool is_loaded(const State& state) { return state.started; }
  static Action use(std::string address, std::string fingerprint) {
    return admin::UseAddress{std::move(address), std::move(fingerprint)};
  }
  static Action sign_in(std::string name, const std::string& password) {
    return admin::SignIn{std::move(name), Secret(password), {}};
  }
};

int fail(std::string_view what) {
  std::cout << "FAILED: " << what << '\n';
  return 1;
}

template <class Parts>
int visit_server(const std::filesystem::path& folder, const std::vector<std::string>& words) {
  std::filesystem::create_directories(folder);
  const auto started = Clock::now();
  e2e::AtScreen<Parts> pc(folder);
  auto& state = pc.state;
  if (!pc.wait_until(kMost, [&] { return Parts::is_loaded(state); })) return fail("the start");
  if (words[0] == "see") {
    pc.act(Parts::use(words[1], words[2]));
    if (!pc.wait_until(kMost, [&] { return Parts::asks_name(state); })) return fail("the server's key");
    pc.act(Parts::sign_in(words[3], words[4]));
  }
  if (!pc.wait_until(kMost, [&] { return state.online(); })) return fail("the connection");
  const auto& watch = state.witness.watch;
  if (!pc.wait_until(kMost, [&] { return watch.last_compared().has_value(); })) return fail("the comparison");
  const ui::Item* alarm = pc.find("log.alarm");
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
  const bool is_alarm = alarm && alarm->visible && alarm->state == "alarm";
  std::cout << (alarm ? alarm->label : "no alarm") << '\n'
            << took.count() << " ms after the start, connecting included (promised: 5000 after it)\n";
  if (words[0] == "alarm" && !is_alarm) return fail("an alarm on the screen");
  if (words[0] != "alarm" && is_alarm) return fail("a screen without an alarm");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 3 || (words[2] == "see" && words.size() != 7)) {
    std::cerr << "e2e_witness client|console FOLDER see ADDRESS FINGERPRINT NAME PASSWORD | alarm | quiet\n";
    return 2;
  }
  const std::vector<std::string> rest(words.begin() + 2, words.end());
  return words[0] == "client" ? visit_server<ClientParts>(words[1], rest)
                              : visit_server<ConsoleParts>(words[1], rest);
}
