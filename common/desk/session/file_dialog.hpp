#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

// The desktop's own dialogs for files: on Linux through its portal (org.freedesktop.portal.FileChooser on
// D-Bus), on Windows the shell's. Each call waits for the person, or until `is_stopping`; several times a
// second it looks. `title` is what the dialog is called.
namespace wardroom::desk {

enum class HowMany { one, several };

// Paths; none of them: the person closed it. Nothing: the desktop has no such dialog.
std::optional<std::vector<std::string>> ask_for_files(const std::string& title, HowMany how_many,
                                                      const std::function<bool()>& is_stopping);
// Where a file is to be saved; `name` is what it would be called. The dialog asks before one is replaced.
std::optional<std::vector<std::string>> ask_for_target(const std::string& title, const std::string& name,
                                                       const std::function<bool()>& is_stopping);

// "file:///home/lena/a%20b" as a path; nothing for what is no file of this PC.
std::optional<std::string> path_of_uri(const std::string& uri);

}  // namespace wardroom::desk
