#include "server/commands/command_table.hpp"

#include <unordered_map>

#include "server/commands/table/parts.hpp"

namespace wardroom::commands {
namespace {

template <class... Part>
constexpr bool holds_every_method(boost::mp11::mp_list<Part...>) {
  return (boost::mp11::mp_size<MethodsOf<Part>>::value + ...) ==
         boost::mp11::mp_size<protocol::Methods>::value;
}
static_assert(holds_every_method(Parts{}), "A method's subject stands in no part of the command table.");

std::vector<Command> make_rows() {
  std::vector<Command> table;
  for (auto* rows : {session_rows, room_rows, message_rows, moderation_rows, admin_rows, audit_rows})
    for (auto& row : rows()) table.push_back(std::move(row));
  return table;
}

}  // namespace

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = make_rows();
  return table;
}

const Command* find_command(std::string_view method) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const Command*> map;
    for (const auto& command : command_table()) map.emplace(command.method, &command);
    return map;
  }();
  const auto found = index.find(method);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace wardroom::commands
