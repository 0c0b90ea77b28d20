#include <algorithm>
#include <set>
#include <sstream>

#include "common/evidence/tables_check.hpp"
#include "server/audit/fields.hpp"
#include "server/commands/command_table.hpp"
#include "tests/unit/catalogue/acts.hpp"

// Every type of the catalogue: the act is performed as its person would, and its record says who, what, whom,
// where, and before and after, exactly as documented.
using namespace wardroom;
using namespace wardroom::testing;

namespace wardroom::testing {

namespace {

std::set<std::string> keys_of(const object& record, const char* name) {
  std::set<std::string> keys;
  const auto* value = record.if_contains(name);
  if (value)
    for (const auto& [key, unused] : value->as_object()) keys.insert(std::string(key));
  return keys;
}

std::string text_at(const object& record, const char* name, const char* inner) {
  const auto* value = record.if_contains(name);
  const auto* text = value ? value->as_object().if_contains(inner) : nullptr;
  return text ? std::string(text->as_string()) : std::string();
}

// All of the words without ?, nothing but the words.
void check_words(const std::string& what, const std::set<std::string>& there, std::string_view documented) {
  INFO(what << " is documented as \"" << documented << "\"");
  std::set<std::string> left = there;
  std::istringstream words{std::string(documented)};
  for (std::string word; words >> word;) {
    const bool optional = word.ends_with('?');
    if (optional) word.pop_back();
    const bool found = left.erase(word) > 0;
    INFO(word << " is missing");
    CHECK((found || optional));
  }
  for (const auto& word : left) {
    INFO(word << " isn't documented");
    CHECK(false);
  }
}

std::string target_of(const object& record) {
  if (!record.contains("target")) return {};
  const std::string name = text_at(record, "target", "name");
  return text_at(record, "target", "type") + (name.empty() ? "" : " " + name);
}

}  // namespace

void check_record(const object& record, const Act& act) {
  INFO(boost::json::serialize(record));
  const auto& row = audit::catalogue_row(act.type);
  CHECK(std::string(record.at("severity").as_string()) == audit::name_of(row.severity));
  CHECK(std::string(record.at("outcome").as_string()) == act.outcome);
  CHECK(text_at(record, "actor", "name") == act.actor);
  CHECK(target_of(record) == act.target);
  CHECK(record.contains("room") == act.in_room);
  const auto& fields = audit::fields_row(act.type);
  std::set<std::string> parts;
  for (const char* part : {"session", "source", "target", "room", "reason", "request"})
    if (record.contains(part)) parts.insert(part);
  if (text_at(record, "actor", "type") == "user") parts.insert("actor");
  check_words("the record", parts, fields.parts);
  // A word of an object's object isn't a field.
  if (act.type != audit::Type::settings_changed && act.type != audit::Type::audit_queried) {
    check_words("before", keys_of(record, "before"), fields.before);
    check_words("after", keys_of(record, "after"), fields.after);
  }
}

std::vector<Act> all_acts() {
  std::vector<Act> all;
  for (const auto& part :
       {sign_in_acts(), people_acts(), room_acts(), message_acts(), keeping_acts(), server_acts()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace wardroom::testing

TEST_CASE("every act leaves the record that is documented") {
  for (const auto& act : all_acts()) {
    DYNAMIC_SECTION(audit::catalogue_row(act.type).name << " " << act.actor << " " << act.target) {
      Stage stage;
      act.perform(stage);
      const auto db = stage.office.open_database();
      const auto record = find_record(*db, act.type);
      REQUIRE(record);
      check_record(*record, act);
    }
  }
}

TEST_CASE("after every act the tables are those to which the log leads") {
  for (const auto& act : all_acts()) {
    DYNAMIC_SECTION(audit::catalogue_row(act.type).name << " " << act.actor << " " << act.target) {
      Stage stage;
      act.perform(stage);
      stage.office.settle();
      const auto report = evidence::check_tables(*stage.office.open_database());
      REQUIRE(report);
      for (const auto& finding : report->findings) {
        INFO(finding);
        CHECK(false);
      }
      CHECK(report->unproven == 0);
    }
  }
}

TEST_CASE("every type of the catalogue has an act that is performed") {
  const auto of_appliance = types_of_appliance();
  std::set<audit::Type> performed(of_appliance.begin(), of_appliance.end());
  for (const auto& act : all_acts()) performed.insert(act.type);
  for (const auto& row : audit::kCatalogue) {
    INFO(row.name);
    CHECK(performed.contains(row.type));
    CHECK(audit::fields_row(row.type).type == row.type);
  }
}

TEST_CASE("a command that changes names its records, or says why there are none") {
  std::set<audit::Type> named;
  for (const auto& command : commands::command_table()) {
    INFO(command.method);
    CHECK((!command.changes || !command.audits.empty() || !command.unaudited.empty()));
    named.insert(command.audits.begin(), command.audits.end());
  }
  CHECK(named.size() > 20);
}
