#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "ctl/app/arguments.hpp"

namespace wardroom::ctl {

// One command: its own --help ends with an example.
template <class Arguments>
struct Command {
  CLI::App& app;
  std::shared_ptr<Arguments> arguments = std::make_shared<Arguments>();
};

struct Commands {
  CLI::App& program;
  Context& context;
  Chosen& chosen;

  template <class Arguments>
  Command<Arguments> add(CLI::App& parent, const std::string& name, const std::string& does,
                         const std::string& example, Result<void> (*run)(const Context&, const Arguments&)) {
    Command<Arguments> command{*parent.add_subcommand(name, does)};
    command.app.footer("Example:\n  " + example);
    command.app.callback([this_context = &context, chosen_now = &chosen, arguments = command.arguments, run] {
      *chosen_now = [this_context, arguments, run] { return run(*this_context, *arguments); };
    });
    return command;
  }

  void add_plain(const std::string& name, const std::string& does, const std::string& example,
                 Result<void> (*run)(const Context&)) {
    auto* app = program.add_subcommand(name, does);
    app->footer("Example:\n  " + example);
    app->callback([this_context = &context, chosen_now = &chosen, run] {
      *chosen_now = [this_context, run] { return run(*this_context); };
    });
  }

  CLI::App& group(const std::string& name, const std::string& does) {
    auto* app = program.add_subcommand(name, does);
    app->require_subcommand(1);
    return *app;
  }
};

// `wardroomctl message …` and `wardroomctl direct …`.
void add_messages(Commands& commands);
// `wardroomctl file …`
void add_files(Commands& commands);
// `wardroomctl account …`, and what `wardroomctl user` does about it; after that group is there.
void add_account(Commands& commands);
// What `wardroomctl user` does about people besides; after that group is there.
void add_user_commands(Commands& commands);
// `wardroomctl room …`
void add_rooms(Commands& commands);
// `wardroomctl mod …`
void add_moderation(Commands& commands);
// `wardroomctl audit …`
void add_audit(Commands& commands);
// `wardroomctl hold|retention …`, and what `user`, `room` and `audit` do about it; after those groups are
// there.
void add_retention(Commands& commands);
// `wardroomctl certificate|announce|settings|backup|discover|stats …`
void add_server(Commands& commands);

}  // namespace wardroom::ctl
