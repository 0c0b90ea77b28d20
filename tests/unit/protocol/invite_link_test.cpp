#include "protocol/invite_link.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

InviteLink example() {
  return {"chat.office.example", 7443, sha256(as_bytes("key")), Secret("abcd")};
}

}  // namespace

TEST_CASE("an invite link survives being written and read") {
  const auto link = parse_invite_link("  " + std::string(compose_invite_link(example()).reveal()) + "\n");
  REQUIRE(link);
  CHECK(link->host == "chat.office.example");
  CHECK(link->port == 7443);
  CHECK(link->ca_pin == example().ca_pin);
  CHECK(link->token.reveal() == "abcd");
}

TEST_CASE("an IPv6 address stands in brackets") {
  auto link = example();
  link.host = "::1";
  const Secret text = compose_invite_link(link);
  CHECK(text.reveal().starts_with("wardroom://[::1]:7443/?ca="));
  CHECK(parse_invite_link(text.reveal())->host == "::1");
}

TEST_CASE("a link is the same link however programs have dressed it up") {
  const auto same = [](std::string text) {
    const auto link = parse_invite_link(text);
    return link && link->host == example().host && link->ca_pin == example().ca_pin &&
           link->token.reveal() == example().token.reveal();
  };
  const std::string whole(compose_invite_link(example()).reveal());
  const std::string rest = whole.substr(std::string_view("wardroom").size());
  CHECK(same("Wardroom" + rest));
  CHECK(same("WARDROOM" + rest));
  std::string escaped = whole;
  escaped.replace(escaped.find("&t="), 1, "&amp;");
  CHECK(same(escaped));
  std::string rooted = whole;
  rooted.replace(rooted.find(example().host), example().host.size(), example().host + ".");
  CHECK(same(rooted));
}

TEST_CASE("a link that was made while the authority is replaced carries both keys") {
  auto link = example();
  CHECK_FALSE(parse_invite_link(compose_invite_link(link).reveal())->next_pin);
  link.next_pin = sha256(as_bytes("the next key"));
  const std::string text(compose_invite_link(link).reveal());
  const auto read = parse_invite_link(text);
  REQUIRE(read);
  CHECK(read->ca_pin == link.ca_pin);
  CHECK(read->next_pin == link.next_pin);
  CHECK(read->token.reveal() == "abcd");
  std::string cut = text;
  cut.erase(cut.find("&t=") - 3, 3);
  CHECK(parse_invite_link(cut).error().message.starts_with("The link is incomplete: its second key"));
}

TEST_CASE("a link for the browser leads the desktop program to the same office") {
  auto link = example();
  const std::string text(compose_web_invite(link).reveal());
  CHECK(text.starts_with("https://chat.office.example:7443/join#ca="));
  CHECK(text.ends_with("&t=abcd"));
  // Nothing of it is sent to a server.
  CHECK(text.find('?') == std::string::npos);
  const auto read = parse_invite_link(text);
  REQUIRE(read);
  CHECK(compose_invite_link(*read).reveal() == compose_invite_link(link).reveal());
  link.host = "2001:db8::7";
  CHECK(parse_invite_link(compose_web_invite(link).reveal())->host == "2001:db8::7");
  std::string without_port = text;
  without_port.erase(text.find(":7443"), 5);
  CHECK(parse_invite_link(without_port)->port == 443);
  for (const char* other :
       {"https://office.example/", "https://office.example/join?ca=x", "https://evil.example/a/join#ca=x",
        "https://office.example/join#", "http://office.example/join#ca=x", "https:///join#ca=x"}) {
    INFO(other);
    CHECK_FALSE(parse_invite_link(other));
  }
}

TEST_CASE("a mangled link is refused with what is wrong") {
  const std::string whole(compose_invite_link(example()).reveal());
  const auto message = [](std::string_view text) { return parse_invite_link(text).error().message; };
  CHECK(message("https://example").starts_with("An invite link starts with wardroom://"));
  CHECK(message("wardroom://host:99999/?ca=x").starts_with("The link's port"));
  CHECK(message("wardroom://ho st/?ca=x").starts_with("The link's host"));
  CHECK(
      message("wardroom://host/").starts_with("The link is incomplete: the server's key (ca=) is missing."));
  CHECK(message(whole.substr(0, whole.find("&t=") - 3))
            .starts_with("The link is incomplete: the server's key"));
}

TEST_CASE("a fingerprint has 24 characters in six groups and forgives how it is typed") {
  const std::string text = fingerprint(example().ca_pin);
  CHECK(text.size() == 29);
  CHECK(matches_fingerprint(example().ca_pin, text));
  std::string typed;
  for (const char c : text) typed.push_back(c == '-' ? ' ' : static_cast<char>(std::tolower(c)));
  CHECK(matches_fingerprint(example().ca_pin, typed));
  typed.back() = typed.back() == 'a' ? 'b' : 'a';
  CHECK_FALSE(matches_fingerprint(example().ca_pin, typed));
  CHECK(fingerprint_letters(typed) == kFingerprintLetters);
  CHECK(fingerprint_letters("K3VX-9PQ2 m7") == 10);
}
