#include "server/domain/search_query.hpp"

#include <catch2/catch.hpp>

#include "server/domain/search_match.hpp"

using namespace wardroom;
using namespace wardroom::domain;
using Kind = SearchTerm::Kind;

namespace {

SearchQuery parsed(std::string_view query) {
  auto result = parse_search(query);
  INFO(query);
  INFO((result ? "" : result.error().message));
  REQUIRE(result);
  return std::move(*result);
}

SearchTerm only_term(std::string_view query) {
  auto all = parsed(query);
  REQUIRE(all.choices.size() == 1);
  REQUIRE(all.choices.front().size() == 1);
  return std::move(all.choices.front().front());
}

// The stretches of the text that fit the one term of the query.
std::vector<std::string> found(std::string_view query, std::string_view text) {
  std::vector<std::string> stretches;
  for (const auto& mark : find_term(only_term(query), text::fold_for_search(text)))
    stretches.emplace_back(text.substr(mark.begin, mark.end - mark.begin));
  return stretches;
}
using Found = std::vector<std::string>;

bool holds_all(const std::vector<std::string>& terms, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const auto& one) { return std::ranges::find(terms, one) != terms.end(); });
}

}  // namespace

TEST_CASE("words are found whatever their case, accents, width and spelling of the same letter") {
  CHECK(found("cafe", "Im CAFÉ ist es still") == Found{"CAFÉ"});
  CHECK(found("café", "cafe") == Found{"cafe"});
  CHECK(found("cafe", "cafe\u0301!") == Found{"cafe\u0301"});
  CHECK(found("strasse", "Die Straße") == Found{"Straße"});
  CHECK(found("ΟΔΟΣ", "οδός") == Found{"οδός"});
  CHECK(found("ｗｉｄｅ", "wide") == Found{"wide"});
  CHECK(found("cafe", "cafeteria").empty());
  CHECK(found("מים", "מים קרים") == Found{"מים"});
}

TEST_CASE("phrases, beginnings and parts are found as they are written") {
  CHECK(found("\"main is green\"", "so MAIN is, green") == Found{"MAIN is, green"});
  CHECK(found("\"main green\"", "main is green").empty());
  CHECK(found("depl*", "deploys and deployment, not redeploy") == Found{"deploys", "deployment"});
  CHECK(found("*eploy*", "redeploy") == Found{"eploy"});
  CHECK(found("*47-11*", "part XK47-11B") == Found{"47-11"});
  CHECK(found("https://example.org/x", "see https://example.org/x?y=1") == Found{"https://example.org/x"});
  CHECK(found("東京", "私は東京都に住む") == Found{"東京"});
  CHECK(found("🎉", "done 🎉🎉") == Found{"🎉", "🎉"});
}

TEST_CASE("every text that a term is found in has the terms that the index is asked for") {
  const std::string_view texts[] = {"so MAIN is, green",
                                    "deploys and deployment, not redeploy",
                                    "part XK47-11B",
                                    "see https://example.org/x?y=1",
                                    "私は東京都に住む foo東京bar",
                                    "done 🎉🎉",
                                    "Die Straße im CAFÉ",
                                    "cafe\u0301"};
  const std::string_view queries[] = {"main",       "\"main is green\"",
                                      "depl*",      "*eploy*",
                                      "*47-11*",    "*k47*",
                                      "*ample.or*", "https://example.org/x",
                                      "東京",       "*o東京b*",
                                      "都",         "🎉",
                                      "strasse",    "café",
                                      "stras*"};
  std::size_t hits = 0;
  for (const auto text : texts)
    for (const auto query : queries) {
      const auto term = only_term(query);
      if (find_term(term, text::fold_for_search(text)).empty()) continue;
      ++hits;
      INFO(text << " / " << query);
      CHECK(holds_all(text::search_terms(text), index_terms(term)));
    }
  CHECK(hits >= std::size(queries));
}

TEST_CASE("filters, minus and or are read; everything else is text") {
  const auto query = parsed("from:kim -in:#ops deploy or rollback \"or\" -\"not this\" has:pin is:direct");
  REQUIRE(query.choices.size() == 7);
  CHECK(query.choices[0][0].kind == Kind::from);
  CHECK(query.choices[0][0].value == "kim");
  CHECK(query.choices[1][0].kind == Kind::in);
  CHECK(query.choices[1][0].negated);
  CHECK(query.choices[1][0].value == "ops");
  CHECK(query.choices[2].size() == 2);
  CHECK(query.choices[3][0].kind == Kind::words);
  CHECK(query.choices[4][0].negated);
  CHECK(only_term("has:file").kind == Kind::has_file);
  CHECK(only_term("-has:image").kind == Kind::has_image);
  CHECK(only_term("from:\"Kim Lee\"").value == "Kim Lee");
  CHECK(only_term("from:irc:nick").value == "irc:nick");
  CHECK(only_term("https://a.example").kind == Kind::words);
  CHECK(only_term("\"from:kim\"").kind == Kind::words);
}

TEST_CASE("signs that mean something to a full-text engine are text like any other") {
  for (const std::string_view query : {"\"",          "a\"b",     "NEAR(a b)", "a NEAR/3 b",
                                       "{a b} : c",   "line:a",   "^a",        "a+b",
                                       "(a",          "a) OR (b", "a AND b",   "NOT a",
                                       "a* b*",       "-a",       "a -b",      "'; DROP TABLE docs; --",
                                       "_under __r1", "\"__r1\"", "a:b:c",     "*a*"}) {
    const auto result = parse_search(query);
    if (!result) {
      CHECK(result.error().field == "params.query");
      continue;
    }
    for (const auto& choice : result->choices)
      for (const auto& term : choice)
        for (const auto& one : index_terms(term)) {
          INFO(query << " -> " << one);
          CHECK(one.find_first_of("\"*():^+-{}' ") == std::string::npos);
          CHECK_FALSE(one.starts_with("__"));
        }
  }
}

TEST_CASE("what is too much or can't be read is refused with what to write") {
  const auto message = [](const std::string& query) {
    const auto result = parse_search(query);
    REQUIRE_FALSE(result);
    CHECK(result.error().field == "params.query");
    return result.error().message;
  };
  CHECK(message("").find("Write a word") != std::string::npos);
  CHECK(message(" ... \" ").find("Write a word") != std::string::npos);
  CHECK(message(std::string(16 * 1024, 'a')).find("1024") != std::string::npos);
  std::string many = "a";
  for (int i = 0; i < 200; ++i) many += " or a";
  CHECK(message(many).find("32") != std::string::npos);
  CHECK(message("has:nothing").find("has:file, has:image, has:link") != std::string::npos);
  CHECK(message("is:new").find("is:edited") != std::string::npos);
  CHECK(message("before:tomorrow").find("before:2026-03-09") != std::string::npos);
  CHECK(message("on:2026-02-30").find("on:2026") != std::string::npos);
  CHECK(message("from:").find("from:") != std::string::npos);
  CHECK(message(std::string(300, 'a')).find("256") != std::string::npos);
}

TEST_CASE("a day is that of the caller's clock") {
  const auto range = [](std::string_view query, int minutes) {
    const auto result = parse_search(query, std::chrono::minutes{minutes});
    REQUIRE(result);
    return result->choices.front().front().range;
  };
  const auto utc = range("on:2026-03-09", 0);
  CHECK(to_rfc3339(*utc.from) == "2026-03-09T00:00:00.000Z");
  CHECK(to_rfc3339(*utc.to) == "2026-03-10T00:00:00.000Z");
  CHECK(to_rfc3339(*range("on:2026-03-09", 60).from) == "2026-03-08T23:00:00.000Z");
  CHECK(to_rfc3339(*range("before:2026", 0).to) == "2026-01-01T00:00:00.000Z");
  CHECK(to_rfc3339(*range("after:2026-02", 0).from) == "2026-03-01T00:00:00.000Z");
}

TEST_CASE("a word too short to be found within words says so") {
  CHECK(is_too_short(only_term("*ab*")));
  CHECK(is_too_short(only_term("ab*")));
  CHECK_FALSE(is_too_short(only_term("ab")));
  CHECK_FALSE(is_too_short(only_term("都")));
  CHECK_FALSE(within_words(parsed("ab")));
  REQUIRE(within_words(parsed("abc ab")));
  CHECK(within_words(parsed("abc ab"))->choices[0][0].kind == Kind::part);
}
