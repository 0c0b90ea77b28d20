#include "server/commands/browser_session.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using Cookie = realtime::HttpCall::Cookie;

namespace {

constexpr const char* kFirefox = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0";

// A browser: what it holds of the cookie, and calls that bring it along.
struct TestBrowser {
  explicit TestBrowser(Office& o) : office(o) {}

  realtime::HttpAnswer send(const realtime::HttpCall& call) {
    auto peer = office.connect();
    office.call_http(*peer, call);
    const auto answer = peer->answers.back();
    office.disconnect(peer);
    take_cookie(answer.headers);
    return answer;
  }
  realtime::HttpAnswer sign_in(const std::string& body) {
    return send(
        {.method = "session.open", .body = body, .token = {}, .cookie = Cookie::set, .user_agent = kFirefox});
  }
  realtime::HttpAnswer sign_out() {
    const std::string token = cookie;
    return send({.method = "session.close", .body = {}, .token = token, .cookie = Cookie::cleared});
  }
  realtime::HttpAnswer call(const std::string& method, const std::string& body = "{}") {
    const std::string token = cookie;
    return send({.method = method, .body = body, .token = token, .cookie = Cookie::brought});
  }
  // A tab: a WebSocket that came with the cookie.
  std::shared_ptr<TestPeer> tab() {
    auto peer = office.connect();
    peer->cookie_token = Secret(cookie);
    return peer;
  }
  void take_cookie(const std::string& headers) {
    const std::string start = "Set-Cookie: __Host-wardroom=";
    if (!headers.starts_with(start)) return;
    set_cookie = headers;
    cookie = headers.substr(start.size(), headers.find(';') - start.size());
  }

  Office& office;
  std::string cookie, set_cookie;
};

std::string sign_in_body(const std::string& more = {}) {
  return R"({"user":"ada","password":")" + std::string(kPassword) + "\"" + more + "}";
}

struct Ground {
  Ground() {
    ada = office.add_person("ada");
    office.set_password(ada.id, kPassword);
  }
  Office office;
  Office::Person ada;
  TestBrowser browser{office};
};

boost::json::object body_of(const realtime::HttpAnswer& answer) {
  return boost::json::parse(answer.body).as_object();
}

}  // namespace

TEST_CASE("a browser's token is in the cookie alone, which no script reads and no other page sends") {
  Ground t;
  const auto answer = t.browser.sign_in(sign_in_body());
  REQUIRE(answer.status == 200);
  CHECK_FALSE(body_of(answer).contains("token"));
  CHECK(body_of(answer).at("user").at("name") == "ada");
  CHECK(t.browser.cookie.size() == 43);
  CHECK(answer.body.find(t.browser.cookie) == std::string::npos);
  CHECK(t.browser.set_cookie == "Set-Cookie: __Host-wardroom=" + t.browser.cookie +
                                    "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Strict\r\n");
  CHECK(t.browser.call("account.get").status == 200);
}

TEST_CASE("a refused sign-in sets no cookie") {
  Ground t;
  CHECK(t.browser.sign_in(R"({"user":"ada","password":"wrong horse 77"})").status == 401);
  CHECK(t.browser.sign_in(R"({"user":"ada"})").status == 400);
  CHECK(t.browser.sign_in("[]").status == 400);
  CHECK(t.browser.set_cookie.empty());
}

TEST_CASE("an invite that a browser accepts leaves its token in the cookie, too") {
  Ground t;
  const auto root = t.office.add_person("root", protocol::Role::admin);
  const auto link = t.office.post("admin.invite_create", R"({"role":"member"})", root.token).at("invite");
  const std::string text(link.as_string());
  const std::string body = R"({"token":")" + text.substr(text.find("&t=") + 3) +
                           R"(","user":"petra","password":"correct horse 78"})";
  const auto answer = t.browser.send({.method = "account.accept_invite",
                                      .body = body,
                                      .token = {},
                                      .cookie = Cookie::set,
                                      .user_agent = {}});
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK_FALSE(body_of(answer).contains("token"));
  CHECK(t.browser.call("account.get").status == 200);
}

TEST_CASE("a list of sessions and the log show which are browsers, whatever the page says of itself") {
  Ground t;
  REQUIRE(
      t.browser.sign_in(sign_in_body(R"(,"device":{"name":"Ada's phone","client":"wardroom 1.0"})")).status ==
      200);
  TestBrowser second(t.office);
  REQUIRE(second.sign_in(sign_in_body()).status == 200);
  const auto answer = body_of(t.browser.call("session.list"));
  std::vector<std::string> seen;
  for (const auto& session : answer.at("sessions").as_array())
    seen.push_back(std::string(session.at("device").as_string()) + "|" +
                   std::string(session.at("client").as_string()));
  std::sort(seen.begin(), seen.end());
  CHECK(seen == std::vector<std::string>{"Ada's phone|Browser (Firefox)",
                                         "Firefox on Android|Browser (Firefox)", "test|test 1"});
  t.office.settle();
  const auto logged = t.office.open_database()->find<std::int64_t>(
      "SELECT count(*) FROM audit_records WHERE type = 'session.created' AND instr(line, 'Browser "
      "(Firefox)') > 0");
  CHECK(logged.value_or(-1) == 2);
}

TEST_CASE("a WebSocket signs in by the cookie of its upgrade, and by nothing else's") {
  Ground t;
  REQUIRE(t.browser.sign_in(sign_in_body()).status == 200);
  auto tab = t.browser.tab();
  CHECK(t.office.call(*tab, "session.resume", {}).contains("result"));
  // With hundreds of rooms a client names them in several steps.
  CHECK(t.office.call(*tab, "session.resume", {}).contains("result"));
  auto program = t.office.connect();
  CHECK(reason_of(t.office.call(*program, "session.resume", {})) == "unauthenticated");
  CHECK(t.office.call(*program, "session.resume", {{"token", t.ada.token}}).contains("result"));
  // A token that is named counts before the cookie.
  const auto bob = t.office.add_person("bob");
  auto named = t.browser.tab();
  const auto as_bob = t.office.call(*named, "session.resume", {{"token", bob.token}});
  REQUIRE(as_bob.contains("result"));
  CHECK(as_bob.at("result").at("user").at("name") == "bob");
}

TEST_CASE("signing out in one tab ends the others, and the cookie goes") {
  Ground t;
  REQUIRE(t.browser.sign_in(sign_in_body()).status == 200);
  auto first = t.browser.tab();
  auto second = t.browser.tab();
  REQUIRE(t.office.call(*first, "session.resume", {}).contains("result"));
  REQUIRE(t.office.call(*second, "session.resume", {}).contains("result"));
  const std::string before = t.browser.cookie;
  const auto answer = t.browser.sign_out();
  CHECK(answer.status == 200);
  CHECK(answer.body == "{}");
  CHECK(t.browser.set_cookie ==
        "Set-Cookie: __Host-wardroom=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict\r\n");
  t.office.run_ready();
  CHECK(first->closed == protocol::CloseCode::signed_out);
  CHECK(second->closed == protocol::CloseCode::signed_out);
  // Somebody kept it.
  t.browser.cookie = before;
  CHECK(t.browser.call("account.get").status == 401);
  auto late = t.browser.tab();
  CHECK(reason_of(t.office.call(*late, "session.resume", {})) == "unauthenticated");
  CHECK(records(t.office, "auth.logout") == 1);
}

TEST_CASE("signing out works where the session is over already, and where there is no cookie") {
  Ground t;
  REQUIRE(t.browser.sign_in(sign_in_body()).status == 200);
  REQUIRE(t.office.post("session.revoke", "{}", t.ada.token).at("ended") == 1);
  for (const char* cookie : {t.browser.cookie.c_str(), "no token at all", ""}) {
    INFO(cookie);
    TestBrowser other(t.office);
    other.cookie = cookie;
    CHECK(other.sign_out().status == 200);
    CHECK(other.set_cookie.find("Max-Age=0") != std::string::npos);
  }
}

TEST_CASE("what ends a person's sessions ends their browsers', and the cookie isn't touched by a refusal") {
  Ground t;
  REQUIRE(t.browser.sign_in(sign_in_body()).status == 200);
  auto tab = t.browser.tab();
  REQUIRE(t.office.call(*tab, "session.resume", {}).contains("result"));
  SECTION("signed out everywhere else") {
    REQUIRE(t.office.post("session.revoke", "{}", t.ada.token).at("ended") == 1);
  }
  SECTION("disabled") {
    const auto root = t.office.add_person("root", protocol::Role::admin);
    const auto done =
        t.office.post("admin.user_disable",
                      R"({"user":)" + std::to_string(t.ada.id.value) + R"(,"reason":"left"})", root.token);
    INFO(boost::json::serialize(done));
    REQUIRE(done.at("status") == 200);
  }
  t.office.run_ready();
  CHECK(tab->closed.has_value());
  t.browser.set_cookie.clear();
  CHECK(t.browser.call("account.get").status == 401);
  // Another tab may have signed in anew meanwhile: its cookie would go.
  CHECK(t.browser.set_cookie.empty());
}

TEST_CASE("an office that serves no browsers takes no cookie, and lets go of those that are there") {
  Ground t;
  REQUIRE(t.browser.sign_in(sign_in_body()).status == 200);
  t.office.services().settings.update([](commands::Settings& settings) { settings.browsers = false; });
  CHECK(t.browser.call("account.get").status == 404);
  auto tab = t.browser.tab();
  CHECK(reason_of(t.office.call(*tab, "session.resume", {})) == "unauthenticated");
  TestBrowser other(t.office);
  CHECK(other.sign_in(sign_in_body()).status == 404);
  CHECK(other.set_cookie.empty());
  CHECK(t.office.post("account.get", "{}", t.ada.token).at("status") == 200);
  CHECK(t.browser.sign_out().status == 200);
}

TEST_CASE("browsers are named by their family, and no text of theirs gets into a list") {
  using commands::describe_browser;
  CHECK(describe_browser(kFirefox) == "Firefox on Android");
  CHECK(describe_browser("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0") == "Edge on Windows");
  CHECK(describe_browser("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/126.0.0.0 Safari/537.36") == "Chrome on Linux");
  CHECK(
      describe_browser("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
                       "like Gecko) Version/17.5 Mobile/15E148 Safari/604.1") == "Safari on iOS");
  CHECK(describe_browser("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
                         "Gecko) Version/17.5 Safari/605.1.15") == "Safari on macOS");
  CHECK(describe_browser("") == "Browser");
  CHECK(describe_browser("<b>\xff\r\nSet-Cookie: x</b>") == "Browser");
}
