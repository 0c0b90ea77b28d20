#include "protocol/codec.hpp"

#include <catch2/catch.hpp>

#include "protocol/catalogue.hpp"
#include "protocol/error_table.hpp"
#include "protocol/json_rpc.hpp"

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

template <class T>
Result<T> read(std::string_view text) {
  return decode<T>(*parse_json(text), "params");
}

}  // namespace

TEST_CASE("what is encoded decodes to the same") {
  MessagePosted event{RoomId{12},           Seq{4711}, from_unix_ms(1795160000123), UserId{3}, "0199",
                      "say \"hi\"\n\x01 ß", {}};
  const std::string text = encode(event);
  CHECK(
      text ==
      R"({"room":12,"seq":4711,"at":1795160000123,"author":3,"client_id":"0199","text":"say \"hi\"\n\u0001 ß"})");
  const auto back = read<MessagePosted>(text);
  REQUIRE(back);
  CHECK(encode(*back) == text);
}

TEST_CASE("a wrong field is named by its path") {
  CHECK(read<SessionOpen::Params>(R"({"user":"a","password":"b","device":{"client":"c"}})").error().field ==
        "params.device.name");
  CHECK(read<MessagePost::Params>(R"({"room":"12","client_id":"x","text":"t"})").error().field ==
        "params.room");
  CHECK(read<MessagePost::Params>(R"({"room":-1,"client_id":"x","text":"t"})").error().field ==
        "params.room");
  CHECK(read<DirectOpen::Params>(R"({"users":[1,true]})").error().field == "params.users[1]");
  CHECK(read<SessionResume::Params>(R"({"token":"t","rooms":{"x":1}})").error().field == "params.rooms.x");
  CHECK(read<RoomCreate::Params>(R"({"name":"n","kind":"secret"})").error().message ==
        "params.kind must be one of: public, private, direct.");
}

TEST_CASE("unknown fields are ignored and null counts as left out") {
  const auto params =
      read<RoomCreate::Params>(R"({"name":"n","kind":"private","topic":null,"colour":"red"})");
  REQUIRE(params);
  CHECK(params->kind == RoomKind::private_);
  CHECK_FALSE(params->topic);
}

TEST_CASE("a request is refused with the reason and its id") {
  const auto refused = [](std::string_view text) { return std::get<BadRequest>(parse_request(text)); };
  CHECK(refused("{").error.code == ErrorCode::parse);
  CHECK(refused("[]").error.code == ErrorCode::request);
  CHECK(refused(R"({"jsonrpc":"2.0","method":"a"})").key == "null");
  CHECK(refused(R"({"jsonrpc":"1.0","id":7,"method":"a"})").key == "7");
  CHECK(refused(R"({"jsonrpc":"2.0","id":"x","method":"a","params":[1]})").error.field == "params");
  CHECK(refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xFF\"}").error.code == ErrorCode::parse);
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "[";
  CHECK(refused(deep).error.code == ErrorCode::parse);
}

TEST_CASE("a request keeps id, method and params") {
  const auto request =
      std::get<Request>(parse_request(R"({"jsonrpc":"2.0","id":"q-1","method":"room.list"})"));
  CHECK(request.key == "\"q-1\"");
  CHECK(request.method == "room.list");
  CHECK(request.params.is_object());
}

TEST_CASE("an error travels with code, field and the time to come back") {
  Error error{ErrorCode::rate_limited, "Slow down.", "", "params.text", std::chrono::milliseconds{250}};
  const auto incoming = parse_incoming(compose_error("7", error, "r-1"));
  REQUIRE(incoming);
  REQUIRE(incoming->error);
  CHECK(incoming->key == "7");
  CHECK(incoming->error->code == ErrorCode::rate_limited);
  CHECK(incoming->error->field == "params.text");
  CHECK(incoming->error->retry_after.count() == 250);
  const Error problem = parse_problem(compose_problem(error, "r-1"), 429);
  CHECK(problem.code == ErrorCode::rate_limited);
  CHECK(problem.message == "Slow down.");
}

TEST_CASE("every method of the catalogue has its own name and a summary") {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Methods>>([&](auto id) {
    using M = typename decltype(id)::type;
    CHECK(std::find(names.begin(), names.end(), M::kName) == names.end());
    CHECK(M::kSummary.ends_with('.'));
    names.push_back(M::kName);
  });
}
