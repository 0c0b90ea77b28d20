#include <string>

#include "server/audit/fields.hpp"
#include "tests/generated_document.hpp"

namespace {

using namespace wardroom::audit;

constexpr const char* kPreface =
    R"(# Audit events

Every type of record that the audit log holds, and what its records tell. Generated from `server/audit/catalogue.hpp`
and `server/audit/fields.cpp` by `./dev accept`; a test performs each act and holds its record against this table.

A record is one line of JSON. All have `v`, `idx`, `id`, `ts`, `type`, `severity` and `outcome`; the column *tells*
names what else is there: `actor` (who it was; otherwise the server itself, or somebody who isn't known), `session`,
`source` (address and program), `target` (to whom or what it was done), `room`, `reason`, `request` (the same as in the
reply and in the server's log). *Before* and *after* name the fields of these two objects. A ? stands where
there isn't always something to say. Never in a record: a password, a token, a secret of a second factor, the text of a
message. A record whose line was pruned keeps its index, its time, its type and its hash (`audit.pruned` says which).

Searches find records by time (`ts`), type, severity, outcome, actor, target (where it is a person), room, address
(`source.ip`) and text anywhere in the line; texts of `messages.committed`, `reactions.committed` and
`audit.heartbeat`, which only hold numbers, aren't searched.

There is no type for what the server can't do: downloads by administrators from rooms that they aren't in
(`file.downloaded_by_admin`; an export of evidence may take files along), and edits of somebody else's message
(`message.edited_by_other`): nobody can edit what another wrote.

| type | severity | what it says | tells | before | after |
|---|---|---|---|---|---|
)";

std::string words(std::string_view text) {
  return text.empty() ? "" : "`" + std::string{text} + "`";
}

std::string compose_document() {
  std::string text = kPreface;
  for (const TypeRow& row : kCatalogue) {
    const FieldsRow& fields = fields_row(row.type);
    text += "| `" + std::string{row.name} + "` | " + std::string{name_of(row.severity)} + " | " +
            std::string{row.meaning} + " | " + words(fields.parts) + " | " + words(fields.before) + " | " +
            words(fields.after) + " |\n";
  }
  return text;
}

}  // namespace

TEST_CASE("docs/audit-events.md is what the catalogue says") {
  check_generated_document("docs/audit-events.md", compose_document());
}
