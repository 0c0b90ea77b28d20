#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

const Digest kOfficeKey = sha256(as_bytes("the office's key"));

protocol::ServerOffer offer_of(const std::string& name, const std::string& at) {
  return {name, at, 7443, protocol::key_words(kOfficeKey)};
}

}  // namespace

TEST_CASE("Servers on the network are asked for once at a time, and shown as they answer") {
  Driver d;
  d.on(ProfileLoaded{});
  CHECK(d.count<FindServers>() == 0);  // nobody is asked until somebody wants to know
  d.act(LookForServers{}).act(LookForServers{});
  CHECK(d.count<FindServers>() == 1);
  d.on(ServersFound{{offer_of("Harbour", "fd00::1")}, false, false, {}});
  REQUIRE(d.props().welcome.found.size() == 1);
  CHECK(d.props().welcome.found[0].address == "[fd00::1]:7443");
  CHECK(d.props().welcome.found[0].words == protocol::spell(protocol::key_words(kOfficeKey)));
  CHECK(d.props().welcome.looking == LookingForServers::running);
  d.on(ServersFound{{offer_of("Harbour", "fd00::1")}, true, true, {}});
  CHECK(d.props().welcome.found.size() == 1);
  CHECK(d.props().welcome.found_more);
  CHECK(d.props().welcome.looking == LookingForServers::over);
  d.act(LookForServers{});
  CHECK(d.count<FindServers>() == 2);
  CHECK(d.props().welcome.found.empty());
}

TEST_CASE("What is found makes nobody trust: a stranger's address ends at the fingerprint that was typed") {
  Driver d;
  d.on(ProfileLoaded{}).act(LookForServers{});
  d.on(ServersFound{{offer_of("Harbour", "liar.example")}, false, true, {}});
  CHECK(d.count<FetchPin>() + d.count<OpenSession>() == 0);
  d.act(UseAddress{d.props().welcome.found[0].address, protocol::fingerprint(kOfficeKey)});
  CHECK(d.take<FetchPin>().host == "liar.example");
  d.on(PinFetched{"liar.example", 7443, sha256(as_bytes("a stranger's"))});
  CHECK(d.props().welcome.pin_mismatch);
  CHECK(d.count<OpenSession>() + d.count<AcceptInvite>() == 0);
  // The words of the list aren't a fingerprint.
  d.act(UseAddress{"liar.example:7443", d.props().welcome.found[0].words});
  CHECK(d.count<FetchPin>() == 0);
  CHECK(d.props().welcome.error_field == WelcomeField::fingerprint);
}

TEST_CASE("What a search says after the person went elsewhere is dropped, and why it failed is said") {
  Driver d;
  d.on(ProfileLoaded{}).act(LookForServers{}).act(ChooseOtherServer{});
  d.on(ServersFound{{offer_of("Harbour", "chat.example")}, false, true, {}});
  CHECK(d.props().welcome.found.empty());
  CHECK(d.props().welcome.looking == LookingForServers::not_yet);
  d.act(LookForServers{}).on(ServersFound{{}, false, true, "No socket is left."});
  CHECK(d.props().welcome.looking_error == "No socket is left.");
  CHECK(d.props().welcome.looking == LookingForServers::over);
}
