#pragma once

#include <string_view>

#include "server/audit/catalogue.hpp"

namespace wardroom::audit {

// What the records of a type tell besides v, idx, id, ts, type, severity and outcome, which all have. Words
// with a ? are there when there is something to say. docs/audit-events.md shows it, and a test performs each
// act and holds its record against it.
struct FieldsRow {
  Type type;
  std::string_view parts;   // of actor, session, source, target, room, reason, request
  std::string_view before;  // keys of the object
  std::string_view after;
};

const FieldsRow& fields_row(Type type);

}  // namespace wardroom::audit
