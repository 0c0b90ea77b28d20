#include "common/completion/completion.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "common/completion/empty_values.hpp"
#include "tests/unit/ops/scratch.hpp"

using namespace wardroom;
using namespace wardroom::completion;

namespace {

struct Program {
  Program() {
    app.fallthrough();
    app.add_flag("--json", json, "For programs");
    auto* user = app.add_subcommand("user", "People");
    auto* add = user->add_subcommand("add", "One more person, who isn't there yet\n\nExample: …");
    add->add_option("NAME", name, "Who");
    add->add_option("--mail", mail, "Where to: an address");
    user->add_subcommand("list", "All of them");
    app.add_subcommand("usual", "What is done each day");
    add_command(app, shell);
  }
  CLI::App app{"A program", "deck-hand"};
  bool json = false;
  std::string name, mail, shell;
};

std::string run(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> out(popen((command + " 2>&1").c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> part;
  while (fgets(part.data(), static_cast<int>(part.size()), out.get())) text += part.data();
  return text;
}

bool is_installed(const std::string& shell) {
  return !run("command -v " + shell).empty();
}

}  // namespace

TEST_CASE("bash offers the commands and options of the place where one is, and files behind a value") {
  const Scratch temp;
  const auto script = temp.path / "script";
  std::ofstream(script) << compose_script(Program().app, "bash");
  const auto offered = [&](const std::string& words, int current) {
    return run("bash -c '. " + script.string() + "; COMP_WORDS=(deck-hand " + words +
               "); COMP_CWORD=" + std::to_string(current) + "; _deck_hand; echo \"${COMPREPLY[*]}\"'");
  };
  CHECK(offered("us", 1) == "user usual\n");
  CHECK(offered("\"\"", 1) == "user usual\n");
  CHECK(offered("user \"\"", 2) == "add list\n");
  CHECK(offered("--json user l", 3) == "list\n");
  CHECK(offered("user add --", 3) == "--help --mail --json\n");
  CHECK(offered("user add --mail --", 4) == "\n");
  CHECK(offered("user add \"\"", 3) == "\n");
}

TEST_CASE("zsh and fish read their scripts, and fish offers what bash does") {
  const Scratch temp;
  for (const std::string shell : {"zsh", "fish"}) {
    const auto script = temp.path / shell;
    std::ofstream(script) << compose_script(Program().app, shell);
    if (!is_installed(shell)) {
      WARN(shell << " isn't installed, so its script wasn't read");
      continue;
    }
    CHECK(run(shell + " -n " + script.string()).empty());
  }
  if (!is_installed("fish")) return;
  const auto offered = [&](const std::string& line) {
    return run("fish --no-config -c 'source " + (temp.path / "fish").string() + "; complete -C \"" + line +
               "\"' | cut -f 1 | tr '\\n' ' '");
  };
  CHECK(offered("deck-hand us") == "user usual ");
  CHECK(offered("deck-hand user ") == "add list ");
  CHECK(offered("deck-hand user add --m") == "--mail ");
}

TEST_CASE("what isn't a shell with completion is refused, and the command isn't in the help") {
  Program program;
  CHECK_THROWS_AS(program.app.parse("completion tcsh"), CLI::ValidationError);
  CHECK(Program().app.help().find("completion") == std::string::npos);
}

TEST_CASE("an option whose value is empty isn't one that was left out, wherever in the program it stands") {
  const auto read = [](std::vector<const char*> words) {
    Program program;
    std::string profile;
    program.app.add_option("--profile", profile, "Which of several");
    refuse_empty_values(program.app);
    words.insert(words.begin(), "deck-hand");
    program.app.parse(static_cast<int>(words.size()), words.data());
    return program.mail;
  };
  CHECK(read({"user", "add", "ann", "--mail", "ann@example.org", "--json"}) == "ann@example.org");
  CHECK(read({"user", "add", "ann"}).empty());
  CHECK_THROWS_WITH(read({"user", "add", "ann", "--mail", ""}), Catch::Contains("--mail: it is empty"));
  CHECK_THROWS_WITH(read({"--profile", "", "user", "list"}), Catch::Contains("--profile: it is empty"));
}
