#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "admin/model/props/console.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"

// What an administrator or auditor does in the console, as values.
namespace wardroom::admin {

struct UseInviteLink {
  std::string link;
};
struct UseAddress {
  std::string address;
  std::string fingerprint;
};
struct SignIn {
  std::string name;
  Secret password;
};
struct ChooseOtherServer {};
struct SignOut {};
struct RetryConnection {};
struct OpenPage {
  Page page = Page::people;
};
struct DismissToast {
  std::uint64_t id = 0;
};

// People.
struct FilterPeople {
  PeopleFilter filter;
};
struct LoadMorePeople {};
struct SelectPerson {
  UserId person;
};
struct ShowPeopleDialog {
  PeopleDialog dialog = PeopleDialog::none;
};
struct AddPerson {
  std::string name;
  std::string display_name;
  std::string email;
  RoleChoice role = RoleChoice::member;
};
// An invite for a person who has no password yet, or, without one, for whoever makes an account with it.
struct MakeInvite {
  std::optional<UserId> person;
};
struct DisablePerson {
  UserId person;
  std::string reason;
};
struct EnablePerson {
  UserId person;
};
struct ChangeRole {
  UserId person;
  RoleChoice role = RoleChoice::member;
};

// Audit.
struct FilterAudit {
  AuditFilter filter;
};
struct LoadMoreAudit {};
struct RefreshAudit {};
struct SelectRecord {
  AuditIndex index;
};

using Action = std::variant<UseInviteLink, UseAddress, SignIn, ChooseOtherServer, SignOut, RetryConnection,
                            OpenPage, DismissToast, FilterPeople, LoadMorePeople, SelectPerson,
                            ShowPeopleDialog, AddPerson, MakeInvite, DisablePerson, EnablePerson, ChangeRole,
                            FilterAudit, LoadMoreAudit, RefreshAudit, SelectRecord>;

// Where a frame's actions are gathered.
using Actions = std::vector<Action>;

}  // namespace wardroom::admin
