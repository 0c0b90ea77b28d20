#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

Driver& at_sign_in(Driver& d) {
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret{}, user(kMe, "lena", "Lena Moreau")};
  return d.on(profile);
}

LinkChanged refused(std::string reason, std::string message) {
  return {LinkChanged::State::offline,
          make_error(ErrorCode::unauthenticated, std::move(message), std::move(reason)),
          true,
          {}};
}

protocol::SignedIn signed_in(bool must_change, bool must_enrol) {
  protocol::SignedIn event;
  event.token = Secret("token");
  event.user = user(kMe, "lena", "Lena Moreau");
  event.must_change_password = must_change;
  event.must_enrol_second_factor = must_enrol;
  return event;
}

protocol::SessionResume::Result resumed(bool must_change, bool must_enrol) {
  protocol::SessionResume::Result result;
  result.must_change_password = must_change;
  result.must_enrol_second_factor = must_enrol;
  return result;
}

}  // namespace

TEST_CASE("An account with a second factor is asked for a code, without a reproach the first time") {
  Driver d;
  at_sign_in(d);
  CHECK_FALSE(d.props().welcome.needs_code);
  d.act(SignIn{"lena", Secret("correct horse"), {}});
  CHECK_FALSE(d.take<OpenSession>().code);
  d.on(refused("second_factor_required", "Type the code."));
  CHECK(d.props().welcome.needs_code);
  CHECK(d.props().welcome.error.empty());
  CHECK_FALSE(d.props().welcome.busy);
  d.act(SignIn{"lena", Secret("correct horse"), Secret("000000")});
  CHECK(d.take<OpenSession>().code->reveal() == "000000");
  d.on(refused("wrong_second_factor", "That code isn't right."));
  CHECK(d.props().welcome.error == "That code isn't right.");
  CHECK(d.props().welcome.error_field == WelcomeField::code);
}

TEST_CASE("A password that somebody else gave is changed before anything else, then the rooms come") {
  Driver d;
  at_sign_in(d);
  d.act(SignIn{"lena", Secret("given"), {}});
  d.on(signed_in(true, false));
  d.come_online(resumed(true, false));
  CHECK(d.props().screen == Screen::welcome);
  CHECK(d.props().welcome.step == WelcomeStep::new_password);
  d.answer<protocol::RoomList>(forbidden("password_change_required", "Choose a new password first."));
  d.act(ChangePassword{Secret("given"), Secret("short")});
  d.answer<protocol::AccountChangePassword>(forbidden("weak_password", "Longer."));
  CHECK(d.props().welcome.error == "Longer.");
  d.act(ChangePassword{Secret("given"), Secret("correct horse battery")});
  d.answer<protocol::AccountChangePassword>(protocol::Empty{});
  CHECK(d.props().screen == Screen::main);
  CHECK(d.count<Call<protocol::RoomList>>() == 1);
}

TEST_CASE("A required second factor is set up before anything else, and the recovery codes are read") {
  Driver d;
  at_sign_in(d);
  d.act(SignIn{"lena", Secret("correct horse"), {}});
  d.on(signed_in(false, true));
  d.come_online(resumed(false, true));
  CHECK(d.props().welcome.step == WelcomeStep::second_factor);
  CHECK(d.props().welcome.second_factor.required);
  d.act(BeginSecondFactor{Secret("correct horse")});
  d.answer<protocol::AccountTotpBegin>(
      protocol::AccountTotpBegin::Result{Secret("ABCDEFGH"), Secret("otpauth://totp/x")});
  CHECK(d.props().welcome.second_factor.stage == FactorStage::scan);
  CHECK(d.props().welcome.second_factor.secret.reveal() == "ABCD EFGH");
  d.act(ConfirmSecondFactor{Secret("111111")});
  d.answer<protocol::AccountTotpConfirm>(forbidden("wrong_second_factor", "That code isn't right."));
  CHECK(d.props().welcome.second_factor.error == "That code isn't right.");
  d.effects.clear();
  d.act(ConfirmSecondFactor{Secret("123456")});
  d.answer<protocol::AccountTotpConfirm>(
      protocol::AccountTotpConfirm::Result{{Secret("aaaa-bbbb"), Secret("cccc-dddd")}});
  CHECK(d.props().screen == Screen::welcome);
  CHECK(d.props().welcome.second_factor.stage == FactorStage::codes);
  CHECK(d.props().welcome.second_factor.codes.size() == 2);
  d.act(FinishSecondFactor{});
  CHECK(d.props().screen == Screen::main);
  CHECK(d.state.second_factor.codes.empty());
  CHECK(d.state.second_factor.secret.empty());
}

TEST_CASE("Settings show where one is signed in, and end one or all others") {
  Driver d;
  d.start();
  d.act(ShowDialog{Dialog::settings});
  protocol::SessionList::Result sessions;
  sessions.sessions.resize(2);
  sessions.sessions[0] = {SessionId{1}, *d.state.me, "Lena's PC", "wardroom 0.1.0",
                          "192.0.2.7",  d.state.now, d.state.now, d.state.now,
                          true,         true};
  sessions.sessions[1] = sessions.sessions[0];
  sessions.sessions[1].id = SessionId{2};
  sessions.sessions[1].current = false;
  sessions.sessions[1].last_used_at = d.state.now - std::chrono::hours{3};
  d.answer<protocol::SessionList>(sessions);
  REQUIRE(d.props().settings.devices.size() == 2);
  CHECK(d.props().settings.devices[0].current);
  CHECK(d.props().settings.devices[1].detail == "wardroom 0.1.0 · 192.0.2.7 · used 3 h ago");
  d.act(EndSession{SessionId{2}});
  CHECK(d.all<Call<protocol::SessionRevoke>>().at(0).params.session == SessionId{2});
  d.answer<protocol::SessionRevoke>(protocol::SessionsEnded{1});
  CHECK(d.count<Call<protocol::SessionList>>() == 1);
}

TEST_CASE("In the settings the second factor is turned on and off, and a code makes new recovery codes") {
  Driver d;
  d.start();
  d.act(ShowDialog{Dialog::settings});
  protocol::AccountGet::Result account;
  account.second_factor = true;
  account.recovery_codes_left = 4;
  d.answer<protocol::AccountGet>(account);
  CHECK(d.props().settings.second_factor.stage == FactorStage::on);
  CHECK(d.props().settings.second_factor.codes_left == 4);
  d.act(ConfirmSecondFactor{Secret("123456")});
  d.answer<protocol::AccountTotpConfirm>(protocol::AccountTotpConfirm::Result{{Secret("aaaa-bbbb")}});
  CHECK(d.props().screen == Screen::main);
  CHECK(d.props().settings.second_factor.stage == FactorStage::codes);
  d.act(FinishSecondFactor{});
  CHECK(d.props().settings.second_factor.stage == FactorStage::on);
  d.act(RemoveSecondFactor{Secret("correct horse"), Secret("654321")});
  d.answer<protocol::AccountTotpRemove>(protocol::Empty{});
  CHECK(d.props().settings.second_factor.stage == FactorStage::off);
}
