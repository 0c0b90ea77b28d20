#include "common/completion/completion.hpp"

#include <algorithm>
#include <vector>

namespace wardroom::completion {
namespace {

struct Word {
  std::string text;  // an option's with its dashes
  std::string does;
  bool takes_value = false;
};

// A command, by the words that lead to it: "" is the program, " user add" a command of a command.
struct Place {
  std::string path;
  std::vector<Word> commands, options;
};

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

bool is_listed(const CLI::App* command) {
  return !command->get_group().empty();
}

void add_options(const CLI::App& app, std::vector<Word>& words) {
  for (const CLI::Option* option : app.get_options())
    for (const auto& name : option->get_lnames())
      words.push_back(
          {"--" + name, first_line(option->get_description()), option->get_items_expected_max() > 0});
}

// Depth first. `inherited`: what may stand behind every command.
void walk(const CLI::App& app, const std::string& path, const std::vector<Word>& inherited,
          std::vector<Place>& places) {
  Place place{path, {}, {}};
  add_options(app, place.options);
  if (!path.empty()) place.options.insert(place.options.end(), inherited.begin(), inherited.end());
  const auto below = app.get_subcommands(is_listed);
  for (const CLI::App* command : below)
    place.commands.push_back({command->get_name(), first_line(command->get_description()), false});
  places.push_back(std::move(place));
  for (const CLI::App* command : below) walk(*command, path + " " + command->get_name(), inherited, places);
}

std::vector<Place> list_places(const CLI::App& program) {
  std::vector<Word> inherited;
  if (program.get_fallthrough()) {
    add_options(program, inherited);
    // Of these every command has its own, or none.
    std::erase_if(inherited,
                  [](const Word& word) { return word.text == "--help" || word.text == "--version"; });
  }
  std::vector<Place> places;
  walk(program, "", inherited, places);
  return places;
}

// As one word of each of the three shells.
std::string as_one_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("’") : std::string(1, c);
  return out + "'";
}

// The name that a function may have.
std::string function_of(const std::string& program) {
  std::string name = "_" + program;
  std::ranges::replace(name, '-', '_');
  return name;
}

// The patterns of a case or switch that a word of a path matches.
std::string list_paths(const std::vector<Place>& places, std::string_view between) {
  std::string list;
  for (const Place& place : places)
    if (!place.path.empty()) list += (list.empty() ? "" : std::string(between)) + as_one_word(place.path);
  return list;
}

// The options that want a value, each once.
std::string list_valued(const std::vector<Place>& places, std::string_view between) {
  std::vector<std::string> names;
  for (const Place& place : places)
    for (const Word& word : place.options)
      if (word.takes_value) names.push_back(word.text);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : std::string(between)) + name;
  return list.empty() ? "--" : list;
}

std::string compose_bash(const std::string& name, const std::vector<Place>& places) {
  const std::string function = function_of(name);
  std::string text = "# bash completion for " + name + "; made by: " + name + " completion bash\n" +
                     function +
                     "() {\n"
                     "  local at= words= i current=${COMP_WORDS[COMP_CWORD]}\n"
                     "  COMPREPLY=()\n"
                     "  # Behind these stands a value, often a file: readline's own completion.\n"
                     "  case ${COMP_WORDS[COMP_CWORD - 1]} in\n    " +
                     list_valued(places, " | ") +
                     ") return ;;\n  esac\n"
                     "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "    case \"$at ${COMP_WORDS[i]}\" in\n      " +
                     list_paths(places, " | ") +
                     ") at+=\" ${COMP_WORDS[i]}\" ;;\n    esac\n  done\n"
                     "  case $at in\n";
  for (const Place& place : places) {
    std::string words;
    for (const auto* list : {&place.commands, &place.options})
      for (const Word& word : *list) words += (words.empty() ? "" : " ") + word.text;
    text += "    " + as_one_word(place.path) + ") words=" + as_one_word(words) + " ;;\n";
  }
  return text +
         "  esac\n"
         "  # Options only to whoever begins one.\n"
         "  for i in $words; do\n"
         "    case $i in -*) [[ $current == -* ]] || continue ;; esac\n"
         "    [[ $i != \"$current\"* ]] || COMPREPLY+=(\"$i\")\n"
         "  done\n"
         "}\n"
         "complete -o default -F " +
         function + " " + name + "\n";
}

// What _describe takes: "word:what it does".
std::string list_described(const std::vector<Word>& words) {
  std::string list;
  for (const Word& word : words) list += " " + as_one_word(word.text + ":" + word.does);
  return list;
}

std::string compose_zsh(const std::string& name, const std::vector<Place>& places) {
  const std::string function = function_of(name);
  std::string text = "#compdef " + name + "\n# Made by: " + name + " completion zsh\n" + function +
                     "() {\n"
                     "  local at= word\n"
                     "  local -a commands options\n"
                     "  # Behind these stands a value, often a file.\n"
                     "  case ${words[CURRENT-1]} in\n    (" +
                     list_valued(places, "|") +
                     ") _files; return ;;\n  esac\n"
                     "  for word in ${words[2,CURRENT-1]}; do\n"
                     "    case \"$at $word\" in\n      (" +
                     list_paths(places, "|") +
                     ") at+=\" $word\" ;;\n    esac\n  done\n"
                     "  case $at in\n";
  for (const Place& place : places)
    text += "    (" + as_one_word(place.path) + ")\n      commands=(" + list_described(place.commands) +
            " )\n      options=(" + list_described(place.options) + " ) ;;\n";
  return text +
         "  esac\n"
         "  if [[ $PREFIX == -* ]]; then\n"
         "    _describe -o option options\n"
         "  elif (( $#commands )); then\n"
         "    _describe command commands\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n" +
         "if [[ $funcstack[1] = " + function + " ]]; then " + function + " \"$@\"; else compdef " + function +
         " " + name + "; fi\n";
}

std::string compose_fish(const std::string& name, const std::vector<Place>& places) {
  const std::string at = "_" + function_of(name) + "_at";
  std::string text = "# fish completion for " + name + "; made by: " + name + " completion fish\n" +
                     "function " + at +
                     " --argument-names wanted\n"
                     "    set -l at ''\n"
                     "    set -l typed (commandline -opc)\n"
                     "    for word in $typed[2..]\n"
                     "        switch \"$at $word\"\n            case " +
                     list_paths(places, " ") +
                     "\n                set at \"$at $word\"\n        end\n    end\n"
                     "    test \"$at\" = \"$wanted\"\nend\n";
  for (const Place& place : places) {
    const std::string here = "complete -c " + name + " -n " + as_one_word(at + " \"" + place.path + "\"");
    for (const Word& word : place.commands)
      text += here + " -f -a " + as_one_word(word.text) + " -d " + as_one_word(word.does) + "\n";
    for (const Word& word : place.options)
      text += here + " -l " + word.text.substr(2) + (word.takes_value ? " -r" : "") + " -d " +
              as_one_word(word.does) + "\n";
  }
  return text;
}

}  // namespace

CLI::App* add_command(CLI::App& program, std::string& shell) {
  auto* command =
      program.add_subcommand("completion", "Prints what a shell completes this program's commands by.");
  command->group("");
  command->add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return command;
}

std::string compose_script(const CLI::App& program, const std::string& shell) {
  const auto places = list_places(program);
  if (shell == "zsh") return compose_zsh(program.get_name(), places);
  if (shell == "fish") return compose_fish(program.get_name(), places);
  return compose_bash(program.get_name(), places);
}

}  // namespace wardroom::completion
