#include "client/model/search.hpp"

#include <catch2/catch.hpp>

#include "client/model/cached_words.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MessageHistory;
using protocol::MessageSearch;

namespace {

MessageSearch::Result found(std::vector<std::int64_t> seqs, bool more = false, RoomId room = kRoom) {
  MessageSearch::Result result;
  for (const auto seq : seqs)
    result.hits.push_back({room, message(seq, "hit " + std::to_string(seq)), {{0, 3}}});
  result.more = more;
  return result;
}

std::string told(const SearchHitRow& hit) {
  std::string text;
  for (const auto& piece : hit.pieces) text += piece.marked ? "[" + piece.text + "]" : piece.text;
  return text;
}

}  // namespace

TEST_CASE("a search asks in the open room or everywhere, page by page, and shows what fitted") {
  Driver d;
  d.start();
  d.act(OpenSearch{false});
  CHECK(d.props().search.place == "#release-7");
  d.act(SearchFor{"hit"});
  const auto call = d.all<Call<MessageSearch>>().at(0);
  CHECK(call.params.room == kRoom);
  CHECK(d.props().search.busy);
  d.answer<MessageSearch>(found({9, 7}, true));
  REQUIRE(d.props().search.hits.size() == 2);
  CHECK(told(d.props().search.hits[0]) == "[hit] 9");
  d.act(SearchOn{});
  const auto next = d.all<Call<MessageSearch>>().at(0);
  REQUIRE(next.params.beyond);
  CHECK(next.params.beyond->seq == Seq{7});
  d.answer<MessageSearch>(found({3}));
  CHECK(d.props().search.hits.size() == 3);
  CHECK_FALSE(d.props().search.more);
  // The same words everywhere.
  d.act(OpenSearch{true});
  CHECK(d.props().search.hits.empty());
  CHECK_FALSE(d.all<Call<MessageSearch>>().at(0).params.room);
  CHECK(d.props().search.recent == std::vector<std::string>{"hit"});
}

TEST_CASE("an answer to an earlier search isn't shown under a later one") {
  Driver d;
  d.start();
  d.act(OpenSearch{true}).act(SearchFor{"first"});
  const auto first = d.take<Call<MessageSearch>>();
  d.act(SearchFor{"second"});
  d.on(desk::testing::answered<MessageSearch>(first.made, Result<MessageSearch::Result>(found({1}))));
  CHECK(d.props().search.hits.empty());
  CHECK(d.props().search.busy);
  d.answer<MessageSearch>(found({2}));
  CHECK(told(d.props().search.hits.at(0)) == "[hit] 2");
}

TEST_CASE("a hit is shown in its room's history, and there is a way back") {
  Driver d;
  d.start(500, 500);
  d.effects.clear();
  d.act(OpenSearch{true}).act(SearchFor{"hit"});
  d.answer<MessageSearch>(found({40}, false, kOther));
  d.act(ShowHit{kOther, Seq{40}});
  CHECK(d.state.open_room == kOther);
  const auto calls = d.all<Call<MessageHistory>>();
  CHECK(std::ranges::any_of(calls, [](const auto& call) { return call.params.around == Seq{40}; }));
  CHECK(d.props().search.can_return);
  d.act(ReturnFromHit{});
  CHECK(d.state.open_room == kRoom);
  CHECK_FALSE(d.props().search.can_return);
}

TEST_CASE("who finds nothing, or is offline, is told why") {
  Driver d;
  d.start();
  d.act(OpenSearch{true}).act(SearchFor{"in:lounge x"});
  MessageSearch::Result none;
  none.miss = protocol::SearchMiss{protocol::SearchMiss::Why::not_in_room, "You aren't in #lounge.", {}};
  d.answer<MessageSearch>(none);
  CHECK(d.props().search.note == "You aren't in #lounge.");
  d.go_offline();
  d.act(SearchFor{"from:kim"});  // nothing that this PC could judge
  CHECK(d.props().search.error.find("offline") != std::string::npos);
  CHECK_FALSE(d.props().search.busy);
  d.act(CloseSearch{});
  CHECK_FALSE(d.props().search.shown);
}

TEST_CASE("offline the cache is searched, and that is said") {
  Driver d;
  d.start();
  d.go_offline();
  d.act(OpenSearch{true}).act(SearchFor{"hit"});
  const auto asked = d.all<SearchCache>();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].query == "hit");
  CHECK_FALSE(asked[0].room.is_set());
  CHECK(d.props().search.busy);
  // What belongs to an earlier search isn't shown under this one.
  d.on(CacheSearched{RoomId{}, "other", {}, false, false});
  CHECK(d.props().search.busy);
  d.on(CacheSearched{RoomId{}, "hit", found({9}).hits, false, false});
  CHECK_FALSE(d.props().search.busy);
  REQUIRE(d.props().search.hits.size() == 1);
  CHECK(d.props().search.note.find("offline") != std::string::npos);
  CHECK(d.props().search.error.empty());
  d.act(SearchFor{"nothing"});
  d.on(CacheSearched{RoomId{}, "nothing", {}, false, false});
  CHECK(d.props().search.note.find("nothing on this PC") != std::string::npos);
  d.act(SearchFor{"broken"});
  d.on(CacheSearched{RoomId{}, "broken", {}, false, true});
  CHECK(d.props().search.error.find("offline") != std::string::npos);
}

TEST_CASE("words are found offline as online: whatever case and accents, in texts and names of files") {
  const auto marks = [](const char* query, const protocol::Message& in) {
    return CachedWords(query).fit(in);
  };
  auto said = message(1, "Der Straßenbau: main is GREEN");
  CHECK(marks("green strasse", said)->size() == 2);
  CHECK(marks("\"IS green\"", said)->size() == 1);
  CHECK(marks("*enbau* from:kim", said)->size() == 1);
  CHECK_FALSE(marks("green red", said));
  said.files = {{"F", "Grundriß.pdf", 3, "text/plain", ""}};
  CHECK(marks("grundriss", said)->empty());
  said.deleted = true;
  CHECK_FALSE(marks("green", said));
  CHECK(CachedWords("from:kim -red or \"\" ...").empty());
}

TEST_CASE("a long message is cut around its first word, never within a sign") {
  const std::string text = std::string(200, 'a') + "\xC3\xA4\xC3\xA4 word " + std::string(400, 'b');
  const auto pieces = cut_hit(text, {{205, 209}});
  SearchHitRow row;
  row.pieces = pieces;
  const auto told_text = told(row);
  CHECK(told_text.starts_with("\xE2\x80\xA6"));
  CHECK(told_text.find("[word]") != std::string::npos);
  CHECK(told_text.size() < 330);
  for (std::size_t begin = 0; begin <= 8; ++begin) {
    row.pieces = cut_hit("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", {{static_cast<std::int64_t>(begin), 99}});
    for (const auto& piece : row.pieces) CHECK(piece.text.size() % 2 == 0);
  }
}
