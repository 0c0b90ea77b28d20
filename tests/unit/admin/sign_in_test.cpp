#include <catch2/catch.hpp>

#include "protocol/invite_link.hpp"
#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::Role;

namespace {

Digest key_of(unsigned char byte) {
  Digest digest;
  digest.fill(std::byte{byte});
  return digest;
}

std::string link_to(const std::string& host, const Digest& key) {
  return std::string(protocol::compose_invite_link({host, 7443, key, {}}).reveal());
}

protocol::SignedIn signed_in(Role role) {
  protocol::SignedIn result;
  result.user = Driver::user(role);
  result.token = Secret("fresh token");
  return result;
}

// At the step that asks for name and password.
struct Introduced : Driver {
  Introduced() {
    tell(Started{});
    act(UseAddress{"office.example", protocol::fingerprint(key_of(1))});
    tell(PinFetched{"office.example", 7443, key_of(1)});
  }
};

}  // namespace

TEST_CASE("a typed fingerprint has to be that of the key which the server shows") {
  Driver d;
  d.tell(Started{});
  d.act(UseAddress{"office.example:7000", protocol::fingerprint(key_of(1))});
  REQUIRE(d.effect<FetchPin>());
  CHECK(d.effect<FetchPin>()->port == 7000);
  d.tell(PinFetched{"office.example", 7000, key_of(2)});
  CHECK(d.props().sign_in.step == SignInStep::introduce);
  CHECK(d.props().sign_in.error_field == SignInField::fingerprint);
  d.act(UseAddress{"office.example:7000", protocol::fingerprint(key_of(2))});
  d.tell(PinFetched{"office.example", 7000, key_of(2)});
  CHECK(d.props().sign_in.step == SignInStep::sign_in);
  CHECK(d.props().sign_in.server == "office.example:7000");
}

TEST_CASE("the command line's link is used, its address fills the field") {
  Driver by_link;
  by_link.tell(Started{{}, link_to("office.example", key_of(1)), ""});
  CHECK(by_link.effect<FetchPin>());
  Driver by_address;
  by_address.tell(Started{{}, "office.example:7443", ""});
  CHECK(by_address.effects.empty());
  CHECK(by_address.props().sign_in.address == "office.example:7443");
}

TEST_CASE("the remembered session is resumed, unless the command line names another server") {
  const Credentials known{Driver::server(), Secret("token"), Driver::user(Role::admin)};
  Driver same;
  same.tell(Started{known, "office.example:7443", ""});
  REQUIRE(same.effect<ResumeSession>());
  CHECK(same.effect<ResumeSession>()->token.reveal() == "token");
  Driver other;
  other.tell(Started{known, "elsewhere.example:7443", ""});
  CHECK(other.effect<ResumeSession>() == nullptr);
  CHECK(other.props().screen == Screen::sign_in);
  CHECK(other.props().sign_in.address == "elsewhere.example:7443");
}

TEST_CASE("an administrator signs in, the session is kept and the people are listed") {
  Introduced d;
  d.act(SignIn{"ines", Secret("correct horse"), {}});
  REQUIRE(d.effect<OpenSession>());
  CHECK(d.effect<OpenSession>()->server.ca_pin == key_of(1));
  d.tell(signed_in(Role::admin));
  REQUIRE(d.effect<SaveCredentials>());
  CHECK(d.effect<SaveCredentials>()->credentials.token.reveal() == "fresh token");
  d.resume(Role::admin);
  CHECK(d.props().screen == Screen::main);
  CHECK(d.props().place == "office.example · administrator");
  CHECK(d.list_call());
}

TEST_CASE("a member is refused in words, the session is ended, and nothing of it is kept") {
  Introduced d;
  d.act(SignIn{"ines", Secret("correct horse"), {}});
  d.tell(signed_in(Role::member));
  CHECK(d.effects.empty());
  d.resume(Role::member);
  CHECK(d.call<protocol::SessionClose>());
  CHECK(d.effect<SaveCredentials>() == nullptr);
  CHECK(d.props().screen == Screen::sign_in);
  CHECK(d.props().sign_in.error.find("for administrators, auditors and moderators") != std::string::npos);
  CHECK_FALSE(d.props().sign_in.busy);
}

TEST_CASE("a remembered administrator who is one no longer is refused at the next start") {
  Driver d;
  d.come_online(Role::admin);
  d.resume(Role::member);
  CHECK(d.props().screen == Screen::sign_in);
  REQUIRE(d.effect<SaveCredentials>());
  CHECK(d.effect<SaveCredentials>()->credentials.token.empty());
}

TEST_CASE("a wrong password leaves the fields and says so") {
  Introduced d;
  d.act(SignIn{"ines", Secret("wrong"), {}});
  d.tell(LinkChanged{LinkChanged::State::offline,
                     make_error(ErrorCode::unauthenticated, "The name or the password is wrong."), true});
  CHECK(d.props().sign_in.error == "The name or the password is wrong.");
  CHECK(d.props().sign_in.name == "ines");
  CHECK_FALSE(d.props().sign_in.busy);
}

TEST_CASE("a void token leads back to the sign-in, a server of another identity doesn't") {
  Driver over;
  over.come_online(Role::admin);
  over.tell(LinkChanged{LinkChanged::State::offline,
                        make_error(ErrorCode::unauthenticated, "Your session is over."), true});
  CHECK(over.props().screen == Screen::sign_in);
  CHECK(over.props().sign_in.error == "Your session is over.");
  Driver other;
  other.come_online(Role::admin);
  other.tell(LinkChanged{LinkChanged::State::offline, unavailable("This isn't the server."), true});
  CHECK(other.props().screen == Screen::main);
  CHECK(other.props().offline == "This isn't the server.");
}

TEST_CASE("after signing out nothing of the session can be seen") {
  Driver d;
  d.come_online(Role::admin);
  d.answer<protocol::AdminUserList>(*d.list_call(),
                                    protocol::AdminUserList::Result{{account(2, "jonas")}, false, 1});
  CHECK(d.props().people.rows.size() == 1);
  d.act(SignOut{});
  CHECK(d.call<protocol::SessionClose>());
  CHECK(d.props().people.rows.empty());
  CHECK(d.state.token.empty());
}

TEST_CASE("the second factor is asked for after the password, and is sent with it") {
  Introduced d;
  d.act(SignIn{"ines", Secret("correct horse"), {}});
  CHECK_FALSE(d.effect<OpenSession>()->code);
  d.tell(LinkChanged{LinkChanged::State::offline,
                     make_error(ErrorCode::unauthenticated, "A code is needed.", "second_factor_required"),
                     true});
  CHECK(d.props().sign_in.needs_code);
  CHECK(d.props().sign_in.error.empty());
  d.act(SignIn{"ines", Secret("correct horse"), {}});
  CHECK(d.effect<OpenSession>() == nullptr);
  CHECK(d.props().sign_in.error_field == SignInField::code);
  d.act(SignIn{"ines", Secret("correct horse"), Secret("123456")});
  REQUIRE(d.effect<OpenSession>());
  CHECK(d.effect<OpenSession>()->code.value_or(Secret()).reveal() == "123456");
  d.tell(LinkChanged{LinkChanged::State::offline,
                     make_error(ErrorCode::unauthenticated, "The code is wrong.", "wrong_second_factor"),
                     true});
  CHECK(d.props().sign_in.needs_code);
  CHECK(d.props().sign_in.error_field == SignInField::code);
}

TEST_CASE("who has to choose a new password does that first, then the console opens") {
  Driver d;
  d.tell(Started{Credentials{Driver::server(), Secret("token"), Driver::user(Role::admin)}, "", ""});
  protocol::SessionResume::Result resumed;
  resumed.user = Driver::user(Role::admin);
  resumed.must_change_password = true;
  d.tell(resumed);
  CHECK(d.props().screen == Screen::sign_in);
  CHECK(d.props().sign_in.step == SignInStep::new_password);
  CHECK(d.list_call() == nullptr);
  d.act(ChooseNewPassword{Secret("old horse"), Secret("short")});
  REQUIRE(d.call<protocol::AccountChangePassword>());
  Error weak = params_error("params.new_password", "Choose a longer one.");
  weak.reason = "weak_password";
  d.answer<protocol::AccountChangePassword>({}, weak);
  CHECK(d.props().sign_in.error_field == SignInField::new_password);
  d.answer<protocol::AccountChangePassword>({}, protocol::Empty{});
  CHECK(d.props().screen == Screen::main);
  CHECK(d.list_call());
}

TEST_CASE("a second factor that the office asks for is waited for, and the console goes on by itself") {
  Driver d;
  d.come_online(Role::admin);
  protocol::AccountChanged changed{Driver::user(Role::admin), false, true};
  d.tell(changed);
  CHECK(d.props().screen == Screen::sign_in);
  CHECK(d.props().sign_in.step == SignInStep::second_factor);
  changed.must_enrol_second_factor = false;
  d.tell(changed);
  CHECK(d.props().screen == Screen::main);
}

TEST_CASE("a moderator finds moderation and rooms, and nothing of accounts or the log") {
  Driver d;
  d.come_online(Role::moderator);
  CHECK(d.props().page == Page::moderation);
  CHECK(d.list_call() == nullptr);
  CHECK(d.call<protocol::AuditQuery>() == nullptr);
  for (const Page page : {Page::people, Page::audit, Page::sessions, Page::imports}) {
    d.act(OpenPage{page});
    CHECK(d.props().page == Page::moderation);
  }
}
