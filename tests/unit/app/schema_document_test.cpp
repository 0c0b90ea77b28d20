#include "schema/document.hpp"
#include "tests/generated_document.hpp"

using namespace wardroom;

TEST_CASE("docs/schema.md is what the migrations make") {
  const auto text = schema::compose_document();
  REQUIRE(text);
  check_generated_document("docs/schema.md", *text);
}

TEST_CASE("every table, column, index and trigger of the database is described") {
  const auto gaps = schema::find_gaps_in_document();
  REQUIRE(gaps);
  for (const auto& gap : *gaps) FAIL_CHECK(gap);
}
