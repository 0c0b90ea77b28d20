#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "client/model/select_window.hpp"
#include "client/model/update.hpp"

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

class Driver {
 public:
  Driver();

  State state;
  Effects effects;  // asked for and not yet taken
  WindowSelector selector;

  Driver& act(Action action);
  Driver& on(Event event);
  Driver& wait(std::chrono::milliseconds by);

  template <class E>
  std::vector<E> all() const {
    std::vector<E> found;
    for (const auto& effect : effects)
      if (const auto* one = std::get_if<E>(&effect)) found.push_back(*one);
    return found;
  }
  template <class E>
  std::size_t count() const {
    return all<E>().size();
  }
  // Takes the first effect of this kind; the test fails by exception when there is none.
  template <class E>
  E take() {
    const auto at = std::find_if(effects.begin(), effects.end(),
                                 [](const Effect& effect) { return std::holds_alternative<E>(effect); });
    if (at == effects.end()) throw std::logic_error("the model didn't ask for that");
    E one = std::get<E>(*at);
    effects.erase(at);
    return one;
  }
  template <class M>
  Driver& answer(Result<typename M::Result> result) {
    auto call = take<Call<M>>();
    return on(Answer<M>{std::move(call.params), std::move(result)});
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
};

protocol::MyRoom a_room(RoomId id, std::string name, std::int64_t seq = 0, std::int64_t count = 0);
protocol::MessagePosted posted(std::int64_t seq, std::string text, UserId author = kAmara,
                               std::optional<std::string> client_id = {}, RoomId room = kRoom);
protocol::Message message(std::int64_t seq, std::string text, UserId author = kAmara);

}  // namespace wardroom::client::test
