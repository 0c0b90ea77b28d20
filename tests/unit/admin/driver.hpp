#pragma once

#include <string>
#include <vector>

#include "admin/model/select_console.hpp"
#include "admin/model/update.hpp"

namespace wardroom::admin::testing {

// A console without window and network: what it is told goes in, what it asks for is kept for the test to
// look at.
struct Driver {
  State state;
  Effects effects;  // of the last input
  ConsoleSelector selector;

  Driver() { tell(Tick{from_unix_ms(1795160000000)}); }

  void act(const Action& action) { effects = update(state, action); }
  void tell(const Event& event) { effects = update(state, event); }
  const ConsoleProps& props() { return selector.select(state); }

  template <class E>
  const E* effect() const {
    for (const auto& one : effects)
      if (const E* found = std::get_if<E>(&one)) return found;
    return nullptr;
  }
  // The last call of a method in the last input.
  template <class M>
  const typename M::Params* call() const {
    const typename M::Params* found = nullptr;
    for (const auto& one : effects)
      if (const auto* c = std::get_if<Call<M>>(&one)) found = &c->params;
    return found;
  }
  // The list that was asked for, not the count for the summary.
  const protocol::AdminUserList::Params* list_call() const {
    for (const auto& one : effects)
      if (const auto* c = std::get_if<Call<protocol::AdminUserList>>(&one); c && c->params.limit != 1)
        return &c->params;
    return nullptr;
  }
  template <class M>
  void answer(const typename M::Params& params, Result<typename M::Result> result) {
    tell(Answer<M>{params, std::move(result)});
  }

  void come_online(protocol::Role role) {
    tell(Started{Credentials{server(), Secret("token"), user(role)}, "", ""});
    resume(role);
  }
  void resume(protocol::Role role) {
    protocol::SessionResume::Result result;
    result.user = user(role);
    tell(result);
  }
  static protocol::Introduction server() { return {"office.example", 7443, {}}; }
  static protocol::User user(protocol::Role role) { return {UserId{1}, "ines", "Ines Duarte", role}; }
};

inline protocol::Account account(std::int64_t id, std::string name) {
  protocol::Account account;
  account.id = UserId{id};
  account.display_name = name;
  account.name = std::move(name);
  account.has_password = true;
  return account;
}

}  // namespace wardroom::admin::testing
