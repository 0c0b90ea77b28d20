#include <catch2/catch.hpp>

#include "common/link/reconnect_wait.hpp"
#include "common/link/request_table.hpp"
#include "common/link/resume_batches.hpp"

namespace wardroom::link {

using std::chrono::milliseconds;

TEST_CASE("waits are spread over a range that doubles up to its cap") {
  const auto least = [](std::uint32_t) { return 0u; };
  const auto most = [](std::uint32_t bound) { return bound - 1; };
  const auto wait = [](unsigned attempt, const RandomBelow& random) {
    return reconnect_wait(milliseconds{500}, milliseconds{4000}, milliseconds{60'000}, attempt, random)
        .count();
  };
  CHECK(wait(0, least) == 500);
  CHECK(wait(0, most) == 4000);
  CHECK(wait(2, most) == 4000);
  CHECK(wait(3, most) == 8000);
  CHECK(wait(5, most) == 32'000);
  CHECK(wait(6, most) == 60'000);
  CHECK(wait(4'000'000'000u, most) == 60'000);
  CHECK(wait(4'000'000'000u, least) == 500);
}

TEST_CASE("a server can't make a client hammer or sleep for ever by odd bounds") {
  const auto most = [](std::uint32_t bound) { return bound - 1; };
  CHECK(reconnect_wait(milliseconds{-5}, milliseconds{-9}, milliseconds{-1}, 3, most).count() == 0);
  CHECK(reconnect_wait(milliseconds{9'000'000'000}, milliseconds{1}, milliseconds{60'000}, 0, most).count() ==
        60'000);
  CHECK(reconnect_wait(milliseconds{0}, milliseconds{0}, milliseconds{1000}, 4, most).count() == 2);
}

TEST_CASE("each answer finds its request, once, and late ones find nothing") {
  RequestTable table;
  std::string told;
  const auto note = [&told](std::string name) {
    return [&told, name](Result<boost::json::value>) { told += name; };
  };
  const SteadyPoint start{};
  const milliseconds limit{600};
  const auto a = table.add(note("a"), {milliseconds{30}, limit}, start);
  const auto b = table.add(note("b"), {milliseconds{10}, limit}, start);
  REQUIRE(table.earliest_deadline(start) == start + milliseconds{10});
  for (auto& late : table.take_expired(start + milliseconds{10}, start)) late(boost::json::value{});
  CHECK(told == "b");
  CHECK_FALSE(table.take(std::to_string(b)));
  CHECK_FALSE(table.take("\"1\""));
  CHECK_FALSE(table.take(""));
  auto answer = table.take(std::to_string(a));
  REQUIRE(answer);
  (*answer)(boost::json::value{});
  CHECK(told == "ba");
  CHECK_FALSE(table.take(std::to_string(a)));
  CHECK_FALSE(table.earliest_deadline(start));
}

TEST_CASE(
    "a wait is over when nothing came for its time, or at its limit though something comes all the time") {
  const SteadyPoint start{};
  const auto after = [start](int ms) { return start + milliseconds{ms}; };
  const Patience patience{milliseconds{15}, milliseconds{600}};
  CHECK(end_of_wait(patience, start, after(-100)) == after(15));
  CHECK(end_of_wait(patience, start, after(7)) == after(22));
  CHECK(end_of_wait(patience, start, after(580)) == after(595));
  CHECK(end_of_wait(patience, start, after(599)) == after(600));
  // Who asks for more time than the limit has it.
  CHECK(end_of_wait({milliseconds{900}, milliseconds{600}}, start, after(599)) == after(900));

  RequestTable table;
  const auto nobody = [](const Result<boost::json::value>&) {};
  table.add(nobody, patience, start);
  table.add(nobody, patience, after(500));
  CHECK(table.take_expired(after(530), after(520)).empty());
  CHECK(table.earliest_deadline(after(590)) == after(600));
  CHECK(table.take_expired(after(600), after(590)).size() == 1);
  CHECK(table.earliest_deadline(after(590)) == after(605));
}

TEST_CASE("someone in a thousand rooms resumes within the limits, with every room named once") {
  ResumePoint point;
  point.epoch = 9'000'000'000'000'000'000;
  for (std::int64_t i = 0; i < 3000; ++i)
    point.rooms[RoomId{9'000'000'000'000'000'000 + i}] = Seq{9'000'000'000'000'000'000};
  const auto batches = make_resume_batches(Secret(std::string(43, 'x')), point);
  std::map<RoomId, Seq> named;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const auto text = protocol::compose_request(i + 1, "session.resume", protocol::encode(batches[i]));
    CHECK(text.size() <= (i == 0 ? protocol::kMaxRequestBytesBeforeSignIn : protocol::kMaxRequestBytes));
    for (const auto& [room, seq] : *batches[i].rooms) CHECK(named.emplace(room, seq).second);
  }
  CHECK(named == point.rooms);
  CHECK(make_resume_batches(Secret("x"), {}).size() == 1);
}

}  // namespace wardroom::link
