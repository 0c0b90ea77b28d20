#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

// Who may have the bytes of a file: role × kind of room × in it or not × what became of the message.
using namespace wardroom;
using namespace wardroom::testing;
using protocol::Role;

namespace {

struct FileRights : Conversation {
  Somebody lena = arrive("lena");

  std::int64_t post_file(Somebody& who, std::int64_t room, const std::string& id,
                         const std::string& text = "") {
    return call(who, "message.post",
                {{"room", room},
                 {"client_id", to_string(make_uuid7(office.clock.now()))},
                 {"text", text},
                 {"files", boost::json::array{boost::json::string(id)}}})
        .at("seq")
        .as_int64();
  }
  int status(const Somebody& who, const std::string& id) {
    return download(office, who.account.token, id).status;
  }
};

template <class Json>
std::string text_of(const Json& object, const char* name) {
  return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("whoever reads the message reads its file, and nobody else learns that there is one") {
  for (const char* kind : {"public", "private"}) {
    for (const Role role : {Role::guest, Role::member, Role::moderator, Role::auditor, Role::admin}) {
      for (const bool is_in : {true, false}) {
        INFO(kind << " " << static_cast<int>(role) << " " << is_in);
        FileRights place;
        const auto room = place.create(place.lena, "ops", kind);
        auto other = place.arrive("other", role);
        if (is_in) place.call(place.lena, "room.add_member", {{"room", room}, {"user", other.id()}});
        const auto id = upload(place.office, place.lena.account.token, room, "bytes");
        // Before it is posted it is its uploader's.
        CHECK(place.status(place.lena, id) == 200);
        CHECK(place.status(other, id) == 404);
        const auto seq = place.post_file(place.lena, room, id);
        CHECK(place.status(place.lena, id) == 200);
        const bool reads = place.refusal(other, "message.history", {{"room", room}}).empty();
        CHECK(reads == is_in);
        CHECK(place.status(other, id) == (reads ? 200 : 404));
        // An upload is its person's alone, whoever else may read the file.
        auto head = file_request("HEAD", "/api/v1/uploads/" + id, other.account.token);
        CHECK(place.office.request_file(head).status == 404);
        head.verb = "DELETE";
        CHECK(place.office.request_file(head).status == 404);
        place.call(place.lena, "message.delete", {{"room", room}, {"seq", seq}});
        CHECK(place.status(place.lena, id) == 404);
        CHECK(place.status(other, id) == 404);
        place.call(place.lena, "message.restore", {{"room", room}, {"seq", seq}});
        CHECK(place.status(place.lena, id) == 200);
        CHECK(place.status(other, id) == (reads ? 200 : 404));
      }
    }
  }
}

TEST_CASE("a file goes up and down by a browser's cookie, unless the office serves no browsers") {
  FileRights place;
  const auto room = place.create(place.lena, "ops");
  const auto& token = place.lena.account.token;
  auto created = create_request(token, room, 5, "a.txt");
  created.content_type = "application/offset+octet-stream";
  created.is_by_cookie = true;
  const auto made = place.office.request_file(created, "bytes");
  REQUIRE(made.status == 201);
  const std::string location = header_of(made, "Location");
  const std::string path = std::string(realtime::kFilesPath) + location.substr(location.rfind('/'));
  auto asked = file_request("GET", path, token);
  asked.is_by_cookie = true;
  CHECK(place.office.request_file(asked).body == "bytes");
  place.office.services().settings.update([](commands::Settings& settings) { settings.browsers = false; });
  CHECK(place.office.request_file(asked).status == 404);
  CHECK(place.office.request_file(created, "bytes").status == 404);
  asked.is_by_cookie = false;
  CHECK(place.office.request_file(asked).status == 200);
}

TEST_CASE("who is taken out of a room has no file of it from then on, not even their own") {
  FileRights place;
  const auto room = place.create(place.lena, "ops", "private");
  auto tom = place.arrive("tom");
  place.call(place.lena, "room.add_member", {{"room", room}, {"user", tom.id()}});
  const auto id = upload(place.office, tom.account.token, room, "bytes");
  place.post_file(tom, room, id);
  CHECK(place.status(tom, id) == 200);
  place.call(place.lena, "room.remove_member", {{"room", room}, {"user", tom.id()}});
  CHECK(place.status(tom, id) == 404);
  CHECK(place.status(place.lena, id) == 200);
}

TEST_CASE(
    "somebody else's upload can't be posted, nor one of another room, nor one that isn't whole, nor twice") {
  FileRights place;
  const auto room = place.create(place.lena, "ops"), second = place.create(place.lena, "lounge");
  auto tom = place.arrive("tom");
  place.call(tom, "room.join", {{"room", room}});
  const auto id = upload(place.office, place.lena.account.token, room, "bytes");
  const auto post = [&](FileRights::Somebody& who, std::int64_t where, boost::json::array files) {
    return place.refusal(who, "message.post",
                         {{"room", where},
                          {"client_id", to_string(make_uuid7(place.office.clock.now()))},
                          {"text", ""},
                          {"files", std::move(files)}});
  };
  const boost::json::value named = boost::json::string(id);
  CHECK(post(tom, room, {named}) == "not_found");
  CHECK(post(place.lena, second, {named}) == "not_found");
  CHECK(post(place.lena, room, {named, named}) == "params");
  CHECK(post(place.lena, room, {boost::json::value("nonsense")}) == "params");
  CHECK(post(place.lena, room, boost::json::array(11, named)) == "params");
  CHECK(post(place.lena, room, {}) == "params");  // neither a word nor a file
  const auto open = begin_upload(place.office, place.lena.account.token, room, 3, "a");
  CHECK(post(place.lena, room, {boost::json::string(open)}) == "upload_incomplete");
  CHECK(post(place.lena, room, {named}).empty());
  CHECK(post(place.lena, room, {named}) == "file_posted");
}

TEST_CASE("a message carries its files in history, in the event and in the list, in their order") {
  FileRights place;
  const auto room = place.create(place.lena, "ops");
  const auto& token = place.lena.account.token;
  const std::string first = upload(place.office, token, room, "one", "../../a.txt");
  const std::string second =
      upload(place.office, token, room, std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "b.txt");
  place.lena.peer->events.clear();
  const boost::json::object params{
      {"room", room},
      {"client_id", to_string(make_uuid7(place.office.clock.now()))},
      {"text", "both"},
      {"files", boost::json::array{boost::json::string(second), boost::json::string(first)}}};
  const auto posted = place.call(place.lena, "message.post", params);
  // Twice the same is the same; with other files it is another message.
  CHECK(place.call(place.lena, "message.post", params) == posted);
  auto other = params;
  other["files"] = boost::json::array{boost::json::string(first), boost::json::string(second)};
  CHECK(place.refusal(place.lena, "message.post", other) == "client_id_reused");
  place.office.settle();
  const auto history = place.call(place.lena, "message.history", {{"room", room}});
  const auto files = history.at("messages").as_array().back().at("files").as_array();
  REQUIRE(files.size() == 2);
  CHECK(text_of(files[0], "id") == second);
  CHECK(text_of(files[0], "type") == "image/png");
  CHECK(text_of(files[1], "name") == "a.txt");
  CHECK(files[1].at("size").as_int64() == 3);
  CHECK(text_of(files[1], "sha256") == to_hex(sha256(as_bytes("one"))));
  bool told = false;
  for (const auto& event : place.lena.peer->events)
    if (text_of(event, "method") == "message.posted")
      told = event.at("params").at("files") == boost::json::value(files);
  CHECK(told);
  const auto list = place.call(place.lena, "file.list", {{"room", room}}).at("files").as_array();
  REQUIRE(list.size() == 2);
  CHECK(list[0].at("file") == files[0]);
}

TEST_CASE("a download is safe in a browser, and comes in the part that is asked for") {
  FileRights place;
  const auto room = place.create(place.lena, "ops");
  const auto& token = place.lena.account.token;
  const auto id = upload(place.office, token, room, "0123456789", "\u00FCber.html");
  const auto whole = download(place.office, token, id);
  const std::string tag = header_of(whole, "ETag");
  CHECK(tag == "\"" + to_hex(sha256(as_bytes("0123456789"))) + "\"");
  CHECK(header_of(whole, "Content-Security-Policy").starts_with("sandbox"));
  CHECK(header_of(whole, "Content-Disposition").starts_with("attachment; "));
  CHECK(header_of(whole, "Accept-Ranges") == "bytes");
  const auto part = download(place.office, token, id, "bytes=2-4");
  CHECK(part.status == 206);
  CHECK(part.body == "234");
  CHECK(header_of(part, "Content-Range") == "bytes 2-4/10");
  const auto none = download(place.office, token, id, "bytes=10-");
  CHECK(none.status == 416);
  CHECK(header_of(none, "Content-Range") == "bytes */10");
  auto request = file_request("GET", "/api/v1/files/" + id, token);
  request.range = "bytes=2-4";
  request.if_range = "\"another\"";
  CHECK(place.office.request_file(request).body == "0123456789");
  request.if_range = tag;
  CHECK(place.office.request_file(request).body == "234");
}
