#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

std::string composed(const Client& c) {
  const ui::Item* text = c.ui.recorder().find("composer.text");
  REQUIRE(text);
  return text->state;
}

void give(Client& c, std::string draft) {
  c.props.composer.draft = std::move(draft);
  ++c.props.composer.draft_version;
  c.ui.frames();
}

}  // namespace

TEST_CASE("what is refused stands in the composer again, and undo still knows what was before it") {
  Client c;
  c.ui.type("one two");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SendMessage>());
  CHECK(composed(c).empty());
  give(c, "one two");
  CHECK(composed(c) == "one two");
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(composed(c) == "one ");
  c.ui.key(Key::z, {.ctrl = true, .shift = true});
  CHECK(composed(c) == "one two");
}

TEST_CASE("what comes back later doesn't cost what was written meanwhile") {
  Client c;
  c.ui.type("/topic x");
  c.ui.key(Key::enter);
  give(c, "");
  c.ui.type("and now");
  give(c, "/topic x\nand now");
  CHECK(composed(c) == "/topic x\nand now");
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(composed(c) == "and now");
}

TEST_CASE("what went out isn't brought back by undo, and neither is another message's text") {
  Client c;
  c.ui.type("sent");
  c.ui.key(Key::enter);
  give(c, "");
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(composed(c).empty());
  c.ui.type("draft");
  c.props.composer.editing = true;
  c.props.composer.edited = Seq{8};
  give(c, "as it was sent");
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(composed(c) == "as it was sent");
}

TEST_CASE("a refused password stays in its fields, and a taken one leaves them") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  Client c{p};
  REQUIRE(c.ui.click("settings.tab:1"));
  REQUIRE(c.ui.click("settings.old_password"));
  c.ui.type("old password");
  REQUIRE(c.ui.click("settings.new_password"));
  c.ui.type("new password");
  c.ui.key(Key::enter);
  REQUIRE(c.count<ChangePassword>() == 1);
  const auto answer = [&](std::string error) {
    c.props.settings.password_busy = true;
    c.ui.frames();
    c.props.settings.password_busy = false;
    c.props.settings.password_error = std::move(error);
    c.ui.frames();
  };
  answer("That isn't your current password.");
  CHECK(c.state.settings.old_password == "old password");
  CHECK(c.state.settings.new_password == "new password");
  c.ui.key(Key::enter);
  REQUIRE(c.count<ChangePassword>() == 2);
  c.props.settings.password_saved = "Your password was changed.";
  answer("");
  CHECK(c.state.settings.old_password.empty());
  CHECK(c.state.settings.new_password.empty());
}
