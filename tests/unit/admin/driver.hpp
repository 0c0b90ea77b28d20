#pragma once

#include <memory>
#include <string>
#include <vector>

#include "admin/model/audit.hpp"
#include "admin/model/erasure.hpp"
#include "admin/model/evidence.hpp"
#include "admin/model/imports.hpp"
#include "admin/model/leaver.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/people.hpp"
#include "admin/model/person_sessions.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/retention.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/session_life.hpp"
#include "admin/model/sessions.hpp"
#include "admin/model/sign_in.hpp"
#include "admin/model/update.hpp"
#include "admin/model/verification.hpp"
#include "common/desk/model/watch_turn.hpp"
#include "tests/unit/desk/calls.hpp"

namespace wardroom::admin::testing {

// A console without window and network: what it is told goes in, what it asks for is kept for the test to
// look at.
struct Driver {
  State state;
  Effects effects;  // of the last input
  desk::testing::Asked<Turn> made_calls;
  ConsoleSelector selector;

  Driver() { tell(Tick{from_unix_ms(1795160000000)}); }

  void act(const Action& action) { keep(update(state, action)); }
  void tell(const Event& event) { keep(update(state, event)); }
  const ConsoleProps& props() { return selector.select(state); }

  template <class E>
  const E* effect() const {
    for (const auto& one : effects)
      if (const E* found = std::get_if<E>(&one)) return found;
    return nullptr;
  }
  // The parameters of the last call of a method in the last input, or null.
  template <class M>
  std::unique_ptr<const typename M::Params> call() const {
    return call_where<M>([](const auto&) { return true; });
  }
  template <class M, class Condition>
  std::unique_ptr<const typename M::Params> call_where(Condition holds) const {
    std::unique_ptr<const typename M::Params> found;
    for (const auto& one : effects)
      if (const auto* c = desk::testing::call_in<M, Turn>(one))
        if (auto params = desk::testing::params_of<M>(*c); holds(params))
          found = std::make_unique<const typename M::Params>(std::move(params));
    return found;
  }
  // The list that was asked for, not the count for the summary.
  auto list_call() const {
    return call_where<protocol::AdminUserList>([](const auto& params) { return params.limit != 1; });
  }
  template <class M>
  void answer(const typename M::Params& params, const Result<typename M::Result>& result) {
    tell(made_calls.answer<M>(params, result));
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
  void keep(Effects more) {
    effects = std::move(more);
    made_calls.note(effects);
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
