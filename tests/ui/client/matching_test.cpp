#include "client/views/matching.hpp"

#include <catch2/catch.hpp>

#include "client/views/completion.hpp"

namespace wardroom::client::views {

TEST_CASE("names are found as people type them: in either case, with accents or without") {
  CHECK(Typed("özil").is_in("Mesut Özil"));
  CHECK(Typed("ozil").is_in("Mesut Özil"));
  CHECK(Typed("ÖZIL").is_in("Mesut Özil"));
  CHECK(Typed("o\u0308zil").is_in("Mesut Özil"));
  CHECK(Typed("ирина").is_in("Ирина Петрова"));
  CHECK(Typed("łoś").is_in("Jan Łoś"));
  CHECK(Typed("muller").is_in("Müller"));
  CHECK(Typed("müller").is_in("MULLER"));
  CHECK(Typed("strasse").is_in("Hauptstraße"));
  CHECK(Typed("Ber").is_in("Jonas BERG"));
  CHECK(Typed("").is_in(""));
  CHECK(Typed("").begins("Jonas"));
  CHECK_FALSE(Typed("ирина").is_in("Irina"));
  CHECK_FALSE(Typed("x").is_in(""));
}

TEST_CASE("the beginning of a name is its beginning, however many bytes its letters take") {
  CHECK(Typed("özi").begins("Özil, Mesut"));
  CHECK(Typed("muller").begins("Müller"));
  CHECK_FALSE(Typed("mesut").begins("Özil, Mesut"));
  CHECK_FALSE(Typed("müller").begins("Anna Müller"));
}

TEST_CASE("mentions complete from a name with accents that is typed without") {
  ComposerProps props;
  PersonProps person;
  person.name = "dieter";
  person.display_name = "Dieter Müller";
  props.people.push_back(person);
  const auto found = complete({CompletionKind::person, 0, "muller"}, props);
  REQUIRE(found.size() == 1);
  CHECK(found[0].insert == "@dieter");
}

}  // namespace wardroom::client::views
