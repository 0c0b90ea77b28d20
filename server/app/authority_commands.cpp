#include "server/app/authority_commands.hpp"

#include <iostream>

#include "protocol/invite_link.hpp"
#include "server/app/local_question.hpp"
#include "server/app/shell.hpp"
#include "server/ops/certificates.hpp"

namespace wardroom::app {
namespace {

using ops::RotationPhase;

std::string_view outcome_of(AuthorityStep step) {
  switch (step) {
    case AuthorityStep::rotate:
      return "The next authority is announced. PCs learn of it as they connect; nothing else changes yet.\n"
             "Back up, and when most PCs were on: wardroomd authority finish. To take it back: wardroomd "
             "authority cancel\n";
    case AuthorityStep::cancel:
      return "Taken back: the authority stays what it was.\n";
    case AuthorityStep::finish:
      return "The next authority issues, and the old one's key is gone from here: destroy its copies, too.\n"
             "PCs that know the old one alone still find the way. To end that: wardroomd authority retire\n";
    case AuthorityStep::retire:
      return "The old authority is no longer shown. PCs that haven't connected since the rotation began need "
             "a "
             "new link.\n";
  }
  return "";
}

std::string_view words_of(RotationPhase phase) {
  switch (phase) {
    case RotationPhase::none:
      return "none";
    case RotationPhase::announced:
      return "begun: the next authority is announced";
    case RotationPhase::switched:
      return "finished: the next authority issues, and the old one is still shown";
  }
  return "";
}

int show_authority(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto rotation = ops::load_rotation(*dir);
  if (!rotation) return fail(rotation.error());
  const auto info = ops::load_certificate_info(dir->ca_certificate());
  if (!info) return fail(info.error());
  std::error_code unknown;
  std::cout << "authority    " << info->subject << ", until " << to_rfc3339(info->not_after) << "\n"
            << "key          "
            << (std::filesystem::exists(dir->ca_key(), unknown) ? "on this machine" : "elsewhere") << "\n"
            << "fingerprint  " << protocol::fingerprint(rotation->pin) << "\n"
            << "rotation     " << words_of(rotation->phase) << "\n";
  if (rotation->next_pin)
    std::cout << "next         " << protocol::fingerprint(*rotation->next_pin) << "\n"
              << "way          from the old to the next, until " << to_rfc3339(rotation->statement_ends)
              << "\n";
  return printed();
}

int ask_for_step(const std::string& data, AuthorityStep step) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  {
    const auto lock = ops::DirLock::acquire(*dir);
    if (lock)
      return fail(unavailable(
          "No server runs with " + data +
          ", and it is the server that does this and records it. Start it first: " + ops::start_line(*dir)));
    if (lock.error().reason != "directory_in_use") return fail(lock.error());
  }
  const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::authority, .step = step});
  if (!answer) return fail(answer.error());
  std::cout << answer->text << outcome_of(step);
  return printed();
}

}  // namespace

AuthorityArguments::AuthorityArguments(CLI::App& program) {
  auto* group = program.add_subcommand(
      "authority",
      "The office's certificate authority, by whose key PCs know the server; and a new key for it.");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const std::string& text) {
    auto* command = group->add_subcommand(
        name, text + "\n\nExample:\n  wardroomd authority " + name + " --data /var/lib/wardroom\n");
    command->add_option("--data", data_, "the directory that init made")->required();
    return command;
  };
  show_ = add("show", "Prints which authority it is, until when it holds, and how far a rotation is.");
  steps_ = {
      {add("rotate",
           "Makes the next authority and has the present one vouch for it. PCs learn its key as they "
           "connect."),
       AuthorityStep::rotate},
      {add("cancel", "Takes a rotation back, before it is finished."), AuthorityStep::cancel},
      {add("finish",
           "Has the next authority issue, and removes the old one's key. Nobody is disconnected; PCs that "
           "know "
           "the old key alone still find the way."),
       AuthorityStep::finish},
      {add("retire",
           "Ends that way: who knows the old key alone is refused from then on, and needs a new link."),
       AuthorityStep::retire},
  };
}

std::optional<int> AuthorityArguments::run() const {
  if (*show_) return show_authority(data_);
  for (const auto& [command, step] : steps_)
    if (*command) return ask_for_step(data_, step);
  return std::nullopt;
}

}  // namespace wardroom::app
