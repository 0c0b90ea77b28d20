#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

TEST_CASE("below 100 % the client is written in and pressed as at 100 %") {
  for (const float scale : {0.75F, 0.99F}) {
    INFO(scale);
    Client c(sample::main_window(), {.scale = scale});
    c.ui.type("Reading it now");
    CHECK(c.ui.recorder().find("composer.text")->state == "Reading it now");
    c.ui.key(Key::enter);
    REQUIRE(c.last<SendMessage>());
    c.ui.type("done");
    REQUIRE(c.ui.click("composer.emoji"));
    c.ui.frames();
    CHECK(c.ui.click("picker.emoji:0"));
  }
}

TEST_CASE("below 100 % the first start is drawn, too") {
  Client c(sample::first_start(), {.scale = 0.75F});
  CHECK_FALSE(c.ui.recorder().items().empty());
  CHECK(c.ui.vertices() > 0);
}
