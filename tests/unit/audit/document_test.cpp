#include <string>

#include "server/audit/catalogue.hpp"
#include "tests/generated_document.hpp"

namespace {

using namespace wardroom::audit;

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::notice:
      return "notice";
    case Severity::warning:
      return "warning";
  }
  return "";
}

std::string compose_document() {
  std::string text =
      "# Audit events\n\nEvery type of record that the audit log holds. Generated from "
      "`server/audit/catalogue.hpp` by "
      "`./dev accept`.\n\n| type | severity | what it says |\n|---|---|---|\n";
  for (const TypeRow& row : kCatalogue)
    text += "| `" + std::string{row.name} + "` | " + std::string{name_of(row.severity)} + " | " +
            std::string{row.meaning} + " |\n";
  return text;
}

}  // namespace

TEST_CASE("docs/audit-events.md is what the catalogue says") {
  check_generated_document("docs/audit-events.md", compose_document());
}
