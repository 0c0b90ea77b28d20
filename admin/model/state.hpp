#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "admin/model/effects.hpp"
#include "admin/model/model_events.hpp"
#include "admin/model/props/console.hpp"
#include "admin/model/record.hpp"

// All that the console knows. Changed by update() alone; selectors read it.
namespace wardroom::admin {

// Every start without a session.
struct SignInState {
  SignInProps props;
  std::optional<protocol::Introduction> wanted;  // its key is set once the server has shown it
  bool by_link = false;                          // `wanted` has a key that the server must show
  std::string typed_fingerprint;
};

struct PeopleState {
  PeopleFilter filter;
  std::vector<protocol::Account> accounts;  // by name
  std::int64_t total = 0;                   // that match
  std::optional<std::int64_t> disabled;     // of all
  bool loaded = false;
  bool loading = false;
  bool more = false;
  std::string error;
  std::optional<TimePoint> search_due;  // the typing has to pause until then

  UserId selected;
  PeopleDialog dialog = PeopleDialog::none;
  bool busy = false;  // of the dialog, or an invite on its way
  std::string dialog_error;
  Secret invite;
  std::string invite_for;
  TimePoint invite_until;
};

struct AuditState {
  AuditFilter filter{.when = 2};       // the last 7 days
  protocol::AuditQuery::Params asked;  // the filter as it was last sent, without before and after
  std::vector<LogRecord> records;      // newest first
  std::int64_t size = 0;               // of the whole log
  bool loaded = false;
  bool loading = false;
  bool more = false;  // older ones match, too
  std::string error;
  std::optional<AuditIndex> selected;
};

struct Toast {
  ToastProps props;
  TimePoint until;
};

struct State {
  protocol::Device device;  // given by the program before the first event

  TimePoint now;
  std::chrono::minutes utc_offset{0};
  bool started = false;
  std::uint64_t revision = 1;  // grows with every change that can be seen

  std::optional<protocol::Introduction> server;
  std::optional<protocol::User> me;
  Secret token;
  LinkChanged::State link = LinkChanged::State::idle;
  std::string link_error;
  SignInState sign_in;

  Page page = Page::people;
  PeopleState people;
  AuditState audit;
  std::vector<Toast> toasts;
  std::uint64_t next_toast = 1;

  bool online() const { return link == LinkChanged::State::online; }
  bool signed_in() const { return me.has_value() && !token.empty(); }
  bool is_admin() const { return me && me->role == protocol::Role::admin; }
};

}  // namespace wardroom::admin
