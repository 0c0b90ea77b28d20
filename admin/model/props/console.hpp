#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/audit.hpp"
#include "admin/model/props/people.hpp"
#include "admin/model/props/sign_in.hpp"

namespace wardroom::admin {

enum class Screen { sign_in, main };
enum class Page { people, audit };

struct ToastProps {
  std::uint64_t id = 0;
  bool bad = false;
  std::string text;
};

// Everything that the console's window shows.
struct ConsoleProps {
  Screen screen = Screen::sign_in;
  SignInProps sign_in;
  std::string place;  // "office.example · auditor"
  Page page = Page::people;
  bool manages_people = false;  // an auditor has no People page
  std::string offline;          // a sentence while there is no connection; empty: connected
  PeopleProps people;
  AuditProps audit;
  std::vector<ToastProps> toasts;
};

}  // namespace wardroom::admin
