#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

const Digest kPin = sha256(as_bytes("the office's key"));
const std::string kToken = to_base64url(sha256(as_bytes("one use")));

std::string link_with(const Digest& pin, const std::string& token) {
  const Secret link = protocol::compose_invite_link({"office.example", 7443, pin, Secret(token)});
  return std::string(link.reveal());
}

protocol::SignedIn signed_in(UserId id, std::string name) {
  protocol::SignedIn result;
  result.token = Secret("fresh token");
  result.user = user(id, std::move(name), "Lena Moreau");
  return result;
}

}  // namespace

TEST_CASE("An invite link leads to a new account, and nothing is sent before the key was seen to match") {
  Driver d;
  d.on(ProfileLoaded{});
  CHECK(d.props().screen == Screen::welcome);
  CHECK(d.props().welcome.step == WelcomeStep::introduce);
  d.act(UseInviteLink{link_with(kPin, kToken)});
  CHECK(d.props().welcome.busy);
  CHECK(d.take<FetchPin>().host == "office.example");
  CHECK(d.count<AcceptInvite>() == 0);
  d.on(PinFetched{"office.example", 7443, kPin});
  CHECK(d.props().welcome.step == WelcomeStep::make_account);
  d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
  const auto accept = d.take<AcceptInvite>();
  CHECK(accept.server.ca_pin == kPin);
  CHECK(accept.token.reveal() == kToken);
  d.on(signed_in(kMe, "lena"));
  CHECK(d.take<SaveCredentials>().credentials.token.reveal() == "fresh token");
  CHECK(d.props().screen == Screen::main);
}

TEST_CASE(
    "The keys that the link learns are kept with the credentials, and the log's memory goes with them") {
  Driver d;
  const Digest next = sha256(as_bytes("the next key"));
  d.on(ProfileLoaded{}).act(UseInviteLink{link_with(kPin, kToken)});
  d.on(PinFetched{"office.example", 7443, kPin});
  d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
  d.take<AcceptInvite>();
  // Told before the sign-in is: nothing is saved yet.
  d.on(desk::KeysChanged{{"office.example", 7443, kPin, next}});
  CHECK(d.count<SaveCredentials>() == 0);
  d.on(signed_in(kMe, "lena"));
  CHECK(d.take<SaveCredentials>().credentials.server.next_pin == next);

  // The old key is no longer shown.
  d.on(desk::KeysChanged{{"office.example", 7443, next, {}}});
  const auto carried = d.take<desk::CarryWitness>();
  CHECK(carried.before == kPin);
  CHECK(carried.now == next);
  const auto saved = d.take<SaveCredentials>().credentials;
  CHECK(saved.server.ca_pin == next);
  CHECK_FALSE(saved.server.next_pin);
  CHECK(saved.token.reveal() == "fresh token");

  // Of another server, or with no key in common: nothing of ours.
  d.on(desk::KeysChanged{{"elsewhere.example", 7443, next, kPin}});
  d.on(desk::KeysChanged{{"office.example", 7443, sha256(as_bytes("a stranger's")), {}}});
  CHECK(d.count<SaveCredentials>() == 0);
  CHECK(d.state.server->ca_pin == next);
}

TEST_CASE("A stranger who calls the office's key their next one isn't the office") {
  const Digest stranger = sha256(as_bytes("a stranger's"));
  const protocol::Introduction claim{"office.example", 7443, stranger, kPin};
  Driver d;
  d.on(ProfileLoaded{}).act(UseInviteLink{link_with(kPin, kToken)});
  d.on(PinFetched{"office.example", 7443, kPin});
  d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
  d.take<AcceptInvite>();
  SECTION("while the person signs in") {
    d.on(desk::KeysChanged{claim});
    REQUIRE(d.state.welcome.wanted);
    CHECK(d.state.welcome.wanted->server.ca_pin == kPin);
  }
  SECTION("to who is signed in") {
    d.on(signed_in(kMe, "lena"));
    d.take<SaveCredentials>();
    d.on(desk::KeysChanged{claim});
    CHECK(d.count<SaveCredentials>() == 0);
    CHECK(d.count<desk::CarryWitness>() == 0);
    CHECK(d.state.server->ca_pin == kPin);
    CHECK_FALSE(d.state.server->next_pin);
  }
  SECTION("when the session is over, and the person opens the stranger's link") {
    d.on(signed_in(kMe, "lena"));
    d.take<SaveCredentials>();
    d.on(protocol::SessionRevoked{"Ended."});
    d.take<SaveCredentials>();
    d.act(UseInviteLink{link_with(stranger, kToken)});
    d.on(PinFetched{"office.example", 7443, stranger});
    d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
    d.on(desk::KeysChanged{claim});
    CHECK(d.count<SaveCredentials>() == 0);
    CHECK(d.state.server->ca_pin == kPin);
    // With that server's word for who it is: it gets nothing that was kept for the office.
    d.on(signed_in(kMe, "lena"));
    CHECK(d.count<desk::CarryWitness>() == 0);
    CHECK(d.count<EraseCache>() > 0);
  }
}

TEST_CASE("A link with two keys holds by either, and keeps what is cached of the same office") {
  const Digest next = sha256(as_bytes("the next key"));
  for (const Digest& shown : {kPin, next}) {
    Driver d;
    const Secret link = protocol::compose_invite_link({"office.example", 7443, kPin, Secret(kToken), next});
    d.on(ProfileLoaded{}).act(UseInviteLink{std::string(link.reveal())});
    d.on(PinFetched{"office.example", 7443, shown});
    CHECK(d.props().welcome.step == WelcomeStep::make_account);
    CHECK_FALSE(d.props().welcome.pin_mismatch);
  }
}

TEST_CASE("Another key than the link's ends it, with both fingerprints on the screen") {
  Driver d;
  d.on(ProfileLoaded{}).act(UseInviteLink{link_with(kPin, kToken)});
  const Digest other = sha256(as_bytes("somebody else's"));
  d.on(PinFetched{"office.example", 7443, other});
  const auto& welcome = d.props().welcome;
  CHECK(welcome.pin_mismatch);
  CHECK(welcome.expected_fingerprint == protocol::fingerprint(kPin));
  CHECK(welcome.seen_fingerprint == protocol::fingerprint(other));
  CHECK(welcome.step == WelcomeStep::introduce);
  CHECK(d.count<AcceptInvite>() + d.count<OpenSession>() + d.count<ResumeSession>() == 0);
}

TEST_CASE("An address needs the right fingerprint") {
  Driver d;
  d.on(ProfileLoaded{}).act(UseAddress{"office.example:7000", protocol::fingerprint(kPin)});
  CHECK(d.take<FetchPin>().port == 7000);
  SECTION("right") {
    d.on(PinFetched{"office.example", 7000, kPin});
    CHECK(d.props().welcome.step == WelcomeStep::sign_in);
    d.act(SignIn{"lena", Secret("correct horse"), {}});
    CHECK(d.take<OpenSession>().server.ca_pin == kPin);
  }
  SECTION("wrong") {
    d.on(PinFetched{"office.example", 7000, sha256(as_bytes("x"))});
    CHECK(d.props().welcome.pin_mismatch);
    // Nobody is to copy the one that would be taken.
    CHECK(d.props().welcome.seen_fingerprint.empty());
  }
  SECTION("of an attempt that was given up") {
    d.act(ChooseOtherServer{}).on(PinFetched{"office.example", 7000, kPin});
    CHECK(d.props().welcome.step == WelcomeStep::introduce);
  }
}

TEST_CASE("A fingerprint that is typed by half isn't held against the server") {
  Driver d;
  d.on(ProfileLoaded{}).act(UseAddress{"office.example:7000", "K3VX 9PQ2 M7"});
  CHECK(d.count<FetchPin>() == 0);
  CHECK_FALSE(d.props().welcome.pin_mismatch);
  CHECK(d.props().welcome.error_field == WelcomeField::fingerprint);
  CHECK(d.props().welcome.error == "A fingerprint has 24 letters and digits; this has 10.");
}

TEST_CASE("Mistakes are said beside their field") {
  Driver d;
  d.on(ProfileLoaded{});
  d.act(UseInviteLink{"http://example.org"});
  CHECK(d.props().welcome.error_field == WelcomeField::link);
  d.act(UseAddress{"office.example:port", "ABCD"});
  CHECK(d.props().welcome.error_field == WelcomeField::address);
  d.act(UseAddress{"office.example", ""});
  CHECK(d.props().welcome.error_field == WelcomeField::fingerprint);
  d.act(UseInviteLink{link_with(kPin, kToken)}).on(PinFetched{"office.example", 7443, kPin});
  d.act(MakeAccount{"lena", "", Secret("short")});
  CHECK(d.props().welcome.error_field == WelcomeField::password);
  d.act(MakeAccount{"lena", "", Secret("correct horse")});
  LinkChanged refused{LinkChanged::State::offline, conflict("name_taken", "That name is taken."), true, {}};
  d.on(refused);
  CHECK(d.props().welcome.error_field == WelcomeField::name);
  CHECK(d.props().welcome.error == "That name is taken.");
  CHECK_FALSE(d.props().welcome.busy);
}

TEST_CASE("A revoked session leads to the sign-in; the same person finds everything again, another nothing") {
  Driver d;
  d.start();
  d.on(posted(1, "for lena's eyes"));
  d.on(protocol::SessionRevoked{"An administrator ended this session."});
  CHECK(d.props().screen == Screen::welcome);
  CHECK(d.props().welcome.error == "An administrator ended this session.");
  CHECK(d.props().welcome.name == "lena");
  CHECK(d.take<SaveCredentials>().credentials.token.empty());
  d.act(SignIn{"name", Secret("correct horse"), {}});
  SECTION("the same") {
    d.on(signed_in(kMe, "lena"));
    CHECK(d.shown() == std::vector<std::string>{"for lena's eyes"});
    CHECK(d.count<EraseCache>() == 0);
  }
  SECTION("another") {
    d.on(signed_in(UserId{9}, "mallory"));
    CHECK(d.state.rooms.empty());
    CHECK(d.count<EraseCache>() == 1);
  }
}

TEST_CASE("Signing out leaves nothing of the person on the PC") {
  Driver d;
  d.start();
  d.on(posted(1, "secret")).act(SignOut{});
  CHECK(d.count<Call<protocol::SessionClose>>() == 1);
  CHECK(d.count<EraseCache>() == 1);
  CHECK(d.take<SaveCredentials>().credentials.token.empty());
  CHECK(d.state.rooms.empty());
  CHECK(d.props().screen == Screen::welcome);
  CHECK(d.count<CloseLink>() == 0);
  d.answer<protocol::SessionClose>(protocol::Empty{});
  CHECK(d.count<CloseLink>() == 1);
}

TEST_CASE("A token that the server refuses ends the session; a strange key doesn't give it away") {
  Driver d;
  d.start();
  SECTION("refused") {
    d.on(LinkChanged{
        LinkChanged::State::offline, make_error(ErrorCode::unauthenticated, "Sign in again."), true, {}});
    CHECK(d.props().screen == Screen::welcome);
    CHECK(d.props().welcome.error == "Sign in again.");
  }
  SECTION("strange") {
    auto strange = unavailable("This isn't the server that you know.");
    strange.reason = "pin_mismatch";
    d.on(LinkChanged{LinkChanged::State::offline, strange, true, {}});
    CHECK(d.props().screen == Screen::main);
    CHECK(d.props().banner.tone == BannerProps::Tone::bad);
    CHECK(d.props().side_bar.connection == ConnectionMark::refused);
    CHECK(d.count<SaveCredentials>() == 0);
  }
}

TEST_CASE("An invite that is worth nothing is said to be before the form is filled in") {
  Driver d;
  d.on(ProfileLoaded{}).act(UseInviteLink{link_with(kPin, kToken)});
  CHECK(d.count<CheckInvite>() == 0);
  d.on(PinFetched{"office.example", 7443, kPin});
  const auto check = d.take<CheckInvite>();
  CHECK(check.server.ca_pin == kPin);
  CHECK(check.token.reveal() == kToken);
  CHECK(d.props().welcome.step == WelcomeStep::make_account);
  CHECK_FALSE(d.props().welcome.busy);
  const auto refuse = [&](Error error) {
    d.on(LinkChanged{LinkChanged::State::offline, std::move(error), true, {}});
  };
  SECTION("it has expired") {
    refuse(forbidden("invite_expired", "This invite or code has expired."));
    CHECK(d.props().welcome.step == WelcomeStep::sign_in);
    CHECK(d.props().welcome.error == "This invite or code has expired.");
  }
  SECTION("it is good, and only the password is missing") {
    Error weak = params_error("params.password", "Passwords need at least 8 characters.");
    weak.reason = "weak_password";
    refuse(std::move(weak));
    CHECK(d.props().welcome.step == WelcomeStep::make_account);
    CHECK(d.props().welcome.error.empty());
    d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
    CHECK(d.count<AcceptInvite>() == 1);
  }
  SECTION("the network is gone: the form says so when it is sent") {
    refuse(unavailable("The server can't be reached."));
    CHECK(d.props().welcome.step == WelcomeStep::make_account);
    CHECK(d.props().welcome.error.empty());
  }
  SECTION("the person is faster: what is told is what the account came to") {
    d.act(MakeAccount{"lena", "Lena Moreau", Secret("correct horse")});
    refuse(conflict("name_taken", "That name is taken."));
    CHECK(d.props().welcome.step == WelcomeStep::make_account);
    CHECK(d.props().welcome.error == "That name is taken.");
  }
}
