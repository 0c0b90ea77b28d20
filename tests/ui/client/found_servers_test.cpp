#include <tuple>

#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

TEST_CASE("the network is asked when the address is wanted, and not for who has a link") {
  Client c{sample::first_start()};
  c.ui.frames();
  CHECK(c.count<LookForServers>() == 0);
  REQUIRE(c.ui.click("welcome.tab:1"));
  CHECK(c.count<LookForServers>() > 0);
  c.props.welcome.looking = LookingForServers::running;
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Looking for servers"));
}

TEST_CASE("a server of the list puts its address into the field, and the fingerprint is still asked for") {
  WindowProps p = sample::first_start();
  p.welcome.looking = LookingForServers::over;
  p.welcome.found = {
      {"Harbour", "chat.example:7443", "kitchen fossil prairie chalk olive cello feather waffle"}};
  Client c{p};
  REQUIRE(c.ui.click("welcome.tab:1"));
  REQUIRE(c.ui.click("welcome.found:0"));
  c.ui.frames();
  CHECK(c.state.welcome.address == "chat.example:7443");
  CHECK(c.state.welcome.fingerprint.empty());
  CHECK(c.ui.recorder().find("welcome.continue")->disabled);
  CHECK(c.count<UseAddress>() == 0);
  CHECK(c.ui.recorder().find("welcome.fingerprint")->focused);
  c.ui.type("ABCD-EFGH-IJKL-MNOP-QRST-UVWX");
  c.ui.frames();
  REQUIRE(c.ui.click("welcome.continue"));
  REQUIRE(c.last<UseAddress>());
  CHECK(c.last<UseAddress>()->address == "chat.example:7443");
}

TEST_CASE("the list says what it is worth, when there is nobody, and when there are too many") {
  for (const auto& [servers, more, sentence] :
       {std::tuple{std::size_t{1}, false, "Anyone on the network can put a server on this list."},
        std::tuple{std::size_t{0}, false, "No server answered."},
        std::tuple{std::size_t{32}, true, "More servers answered than can be shown"}}) {
    WindowProps p = sample::first_start();
    p.welcome.looking = LookingForServers::over;
    p.welcome.found_more = more;
    p.welcome.found.assign(servers, {"Harbour", "chat.example:7443", "kitchen fossil"});
    Client c{p};
    REQUIRE(c.ui.click("welcome.tab:1"));
    for (int i = 0; i < 40; ++i) c.ui.scroll(-1);  // to the end of a long list
    INFO(sentence);
    CHECK(c.ui.recorder().shows(sentence));
  }
  Client c{sample::first_start()};
  REQUIRE(c.ui.click("welcome.tab:1"));
  c.props.welcome.looking = LookingForServers::over;
  c.ui.frames();
  const auto before = c.count<LookForServers>();
  REQUIRE(c.ui.click("welcome.look_again"));
  CHECK(c.count<LookForServers>() > before);
}
