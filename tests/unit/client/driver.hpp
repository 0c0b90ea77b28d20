#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "client/model/account_security.hpp"
#include "client/model/composer.hpp"
#include "client/model/direct.hpp"
#include "client/model/downloads.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/message_acts.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pictures.hpp"
#include "client/model/pins.hpp"
#include "client/model/reading.hpp"
#include "client/model/reasons.hpp"
#include "client/model/rooms.hpp"
#include "client/model/select_window.hpp"
#include "client/model/session_life.hpp"
#include "client/model/settings.hpp"
#include "client/model/slash_commands.hpp"
#include "client/model/update.hpp"
#include "client/model/uploads.hpp"
#include "common/desk/model/watch_turn.hpp"
#include "tests/unit/desk/calls.hpp"

// Plays the session's part towards the model: folds inputs in, and keeps what the model asked for until the
// test answers it.
namespace wardroom::client::test {

inline constexpr UserId kMe{1};
inline constexpr UserId kAmara{2};
inline constexpr RoomId kRoom{12};
inline constexpr RoomId kOther{13};

inline protocol::User user(UserId id, std::string name, std::string display_name) {
  return {id, std::move(name), std::move(display_name), protocol::Role::member};
}

// A call that the model made, with its parameters as the server reads them.
template <class M>
struct Call {
  typename M::Params params;
  desk::Call<Turn> made;
};

template <class E>
struct Seen {
  static std::optional<E> in(const Effect& effect) {
    const auto* one = std::get_if<E>(&effect);
    return one ? std::optional(*one) : std::nullopt;
  }
};
template <class M>
struct Seen<Call<M>> {
  static std::optional<Call<M>> in(const Effect& effect) {
    const auto* one = desk::testing::call_in<M, Turn>(effect);
    return one ? std::optional(Call<M>{desk::testing::params_of<M>(*one), *one}) : std::nullopt;
  }
};

class Driver {
 public:
  Driver();

  State state;
  Effects effects;  // asked for and not yet taken
  WindowSelector selector;

  Driver& act(Action action);
  Driver& on(Event event);
  template <class M>
  Driver& on(const Answer<M>& answer) {
    return on(asked_.answer<M>(answer.params, answer.result));
  }
  Driver& wait(std::chrono::milliseconds by);

  template <class E>
  std::vector<E> all() const {
    std::vector<E> found;
    for (const auto& effect : effects)
      if (auto one = Seen<E>::in(effect)) found.push_back(std::move(*one));
    return found;
  }
  template <class E>
  std::size_t count() const {
    return all<E>().size();
  }
  // Takes the first effect of this kind; the test fails by exception when there is none.
  template <class E>
  E take() {
    for (auto at = effects.begin(); at != effects.end(); ++at)
      if (auto one = Seen<E>::in(*at)) {
        effects.erase(at);
        return std::move(*one);
      }
    throw std::logic_error("the model didn't ask for that");
  }
  template <class M>
  Driver& answer(Result<typename M::Result> result) {
    return on(desk::testing::answered<M>(take<Call<M>>().made, result));
  }

  // Signed in as Lena, in kRoom (opened) and kOther; both stand at `seq` with `count` messages.
  Driver& start(std::int64_t seq = 0, std::int64_t count = 0);
  Driver& go_offline();
  Driver& come_online(protocol::SessionResume::Result resumed);
  Driver& come_online();
  protocol::RoomList::Result listed;

  const WindowProps& props() { return selector.select(state); }
  // The texts of the timeline's messages; a pending one ends with "…", a failed one with "!".
  std::vector<std::string> shown();
  RoomState& room(RoomId id = kRoom) { return state.rooms.at(id); }
  // The message goes through the outbox: written, kept, sent.
  Call<protocol::MessagePost> say(std::string text, RoomId id = kRoom);

 private:
  Driver& keep(Effects more);

  desk::testing::Asked<Turn> asked_;
};

protocol::MyRoom a_room(RoomId id, std::string name, std::int64_t seq = 0, std::int64_t count = 0);
protocol::MessagePosted posted(std::int64_t seq, std::string text, UserId author = kAmara,
                               std::optional<std::string> client_id = {}, RoomId room = kRoom);
protocol::Message message(std::int64_t seq, std::string text, UserId author = kAmara);

}  // namespace wardroom::client::test
