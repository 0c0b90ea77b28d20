#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

const Digest kLocksKey = sha256(as_bytes("the office's key"));
const Digest kStrangersKey = sha256(as_bytes("a stranger's key"));
const std::string kGroup = "your office's group policy";

std::string link_to(const std::string& host, const Digest& pin) {
  const Secret link = protocol::compose_invite_link({host, 7443, pin, {}});
  return std::string(link.reveal());
}

// The office's server as it stands in a policy.
void start_at_office(Driver& d, bool locked) {
  d.state.policy.server = {{"office.example", 7443, kLocksKey, {}}, kGroup};
  if (locked) d.state.policy.server_locked_by = kGroup;
  d.on(ProfileLoaded{});
}

}  // namespace

TEST_CASE("The first start on a PC whose office is set asks for name and password at once") {
  Driver d;
  start_at_office(d, false);
  CHECK(d.take<FetchPin>().host == "office.example");
  d.on(PinFetched{"office.example", 7443, kLocksKey});
  CHECK(d.props().welcome.step == WelcomeStep::sign_in);
  // As with a link: another server under that name gets nothing.
  Driver other;
  start_at_office(other, false);
  other.take<FetchPin>();
  other.on(PinFetched{"office.example", 7443, kStrangersKey});
  CHECK(other.props().welcome.pin_mismatch);
  CHECK(other.props().welcome.step == WelcomeStep::introduce);
}

TEST_CASE(
    "Where the server is only set, another can be chosen; where it is locked, none, and it says who did") {
  Driver free;
  start_at_office(free, false);
  free.take<FetchPin>();
  free.act(ChooseOtherServer{}).act(UseInviteLink{link_to("elsewhere.example", kStrangersKey)});
  CHECK(free.take<FetchPin>().host == "elsewhere.example");

  Driver d;
  start_at_office(d, true);
  d.take<FetchPin>();
  d.on(PinFetched{"office.example", 7443, kLocksKey});
  d.act(UseInviteLink{link_to("elsewhere.example", kStrangersKey)});
  CHECK(d.count<FetchPin>() == 0);
  CHECK(d.props().welcome.error ==
        "On this PC you can sign in to office.example:7443 only. Set by your office's group policy.");
  d.act(UseAddress{"elsewhere.example", protocol::fingerprint(kStrangersKey)});
  CHECK(d.count<FetchPin>() == 0);
  d.act(ChooseOtherServer{});
  CHECK(d.state.welcome.wanted->server.host == "office.example");
}

TEST_CASE("A link to the locked server with a stranger's key isn't believed") {
  Driver d;
  start_at_office(d, true);
  d.take<FetchPin>();
  d.on(PinFetched{"office.example", 7443, kLocksKey});
  d.act(UseInviteLink{link_to("office.example", kStrangersKey)});
  d.take<FetchPin>();
  d.on(PinFetched{"office.example", 7443, kStrangersKey});
  CHECK(d.props().welcome.pin_mismatch);
  // Nor a typed fingerprint of one.
  d.act(UseAddress{"office.example:7443", protocol::fingerprint(kStrangersKey)});
  d.take<FetchPin>();
  d.on(PinFetched{"office.example", 7443, kStrangersKey});
  CHECK(d.props().welcome.pin_mismatch);
}

TEST_CASE("A lock without a server lets nobody sign in anywhere") {
  Driver d;
  d.state.policy.server_locked_by = kGroup;
  d.on(ProfileLoaded{}).act(UseInviteLink{link_to("office.example", kLocksKey)});
  CHECK(d.count<FetchPin>() == 0);
  CHECK(d.props().welcome.error.find("Ask your administrator") != std::string::npos);
}

TEST_CASE("Files stay off a PC where they are switched off") {
  Driver d;
  d.state.policy.files = desk::Decided<bool>{false, kGroup};
  d.act(ChooseAttachments{RoomId{1}})
      .act(AttachClipboardPicture{RoomId{1}})
      .act(AttachText{RoomId{1}, "long"});
  CHECK(d.count<ChooseFiles>() == 0);
  CHECK(d.count<KeepClipboardPicture>() == 0);
  CHECK(d.count<KeepText>() == 0);
  CHECK(d.props().toasts.back().text ==
        "Files can't be attached on this PC. Set by your office's group policy.");
  d.state.policy.files->value = true;
  d.act(ChooseAttachments{RoomId{1}});
  CHECK(d.count<ChooseFiles>() == 1);
}

TEST_CASE("The office's theme and start with the session take the place of the person's, and stay") {
  Driver d;
  d.state.policy.dark = desk::Decided<bool>{false, kGroup};
  d.state.policy.autostart = desk::Decided<bool>{true, kGroup};
  ProfileLoaded profile;
  profile.settings.theme = ThemeChoice::dark;
  d.on(profile);
  CHECK(d.state.settings.theme == ThemeChoice::light);
  d.act(SetTheme{ThemeChoice::dark});
  CHECK(d.state.settings.theme == ThemeChoice::light);
  d.on(AutostartKnown{true, false, {}});
  CHECK(d.take<ChangeAutostart>().on);
  // Something else holds against it: that isn't asked for over and over.
  d.on(AutostartKnown{true, false, "It can't be written."});
  CHECK(d.count<ChangeAutostart>() == 0);
  d.act(SetAutostart{false});
  CHECK(d.count<ChangeAutostart>() == 0);
}

TEST_CASE("What is wrong with the office's settings is said") {
  Driver d;
  d.state.policy_problems = {
      "The policy \"theme\" of this PC can't be followed: it has to be dark or light."};
  d.on(ProfileLoaded{});
  CHECK(d.props().toasts.back().text == d.state.policy_problems.front());
}
