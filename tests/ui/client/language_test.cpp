#include <catch2/catch.hpp>

#include "client/model/language_files.hpp"
#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;

namespace {

struct InGerman {
  InGerman() { use_language_of("de"); }
  ~InGerman() { use_language_of("en"); }
};

WindowProps language_settings() {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  p.settings.languages = {{"de", "Deutsch"}};
  return p;
}

}  // namespace

TEST_CASE("the window is in the language that is used, from the next frame on") {
  Client c;
  CHECK(c.ui.recorder().shows("Attach files"));
  const InGerman german;
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Dateien anhängen"));
  CHECK_FALSE(c.ui.recorder().shows("Attach files"));
}

TEST_CASE("the language is chosen in the settings, each by its own name") {
  Client c{language_settings()};
  REQUIRE(c.ui.click("settings.tab:5"));
  REQUIRE(c.ui.click("settings.language:2"));
  REQUIRE(c.last<SetLanguage>());
  CHECK(c.last<SetLanguage>()->language == "de");
  c.props.settings.language = "de";
  const InGerman german;
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Sprache dieses Fensters"));
  CHECK(c.ui.recorder().shows("English"));  // whoever chose a wrong one finds back
  REQUIRE(c.ui.click("settings.language:1"));
  CHECK(c.last<SetLanguage>()->language == "en");
  REQUIRE(c.ui.click("settings.language:0"));
  CHECK(c.last<SetLanguage>()->language.empty());
}

TEST_CASE("in German, too, the tabs of the settings fit into the dialog") {
  const InGerman german;
  Client c{language_settings()};
  const ui::Item* dialog = c.ui.recorder().find("settings");
  REQUIRE(dialog);
  for (int i = 0; i < 7; ++i) {
    const ui::Item* tab = c.ui.recorder().find("settings.tab:" + std::to_string(i));
    REQUIRE(tab);
    CHECK(tab->rect.x1 <= dialog->rect.x1);
    // What is recorded is cut off at the dialog's edge.
    CHECK(tab->rect.width() > 50);
  }
}
