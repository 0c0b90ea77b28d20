#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <sys/wait.h>

// A program that is started once and runs as often as it is asked. Thousands of short checks would
// spend most of their time on starting a program with sanitizers. The linker puts this main() before the
// program's own (--wrap=main), whose objects are the very ones of the program, and each run is a child of its
// own: nothing of one is left to the next, and it ends as the program does. Each line on standard input is a
// run: the files for its output and its errors, and its arguments, separated by tabs. The answer is a line:
// its exit status, or the number of the signal that ended it, negative.

// The linker's names.
extern "C" {
int __real_main(int argc, char** argv);  // NOLINT(bugprone-reserved-identifier)
int __wrap_main(int argc, char** argv);  // NOLINT(bugprone-reserved-identifier)
}

namespace {

constexpr unsigned kSecondsEach = 120;

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream rest(line);
  for (std::string word; std::getline(rest, word, '\t');) words.push_back(word);
  return words;
}

bool redirect(int to, const std::string& file, int flags) {
  const int from = ::open(file.c_str(), flags, 0600);
  return from >= 0 && ::dup2(from, to) == to && ::close(from) == 0;
}

// In the child, what a shell does before it starts a program.
int run(char* program, std::vector<std::string> words) {
  constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
  if (!redirect(STDIN_FILENO, "/dev/null", O_RDONLY) || !redirect(STDOUT_FILENO, words[0], kNew) ||
      !redirect(STDERR_FILENO, words[1], kNew)) {
    std::perror("redirect");
    return 126;
  }
  ::alarm(kSecondsEach);
  std::vector<char*> arguments{program};
  for (std::size_t i = 2; i < words.size(); ++i) arguments.push_back(words[i].data());
  arguments.push_back(nullptr);
  return __real_main(static_cast<int>(arguments.size()) - 1, arguments.data());
}

}  // namespace

int __wrap_main(int /*argc*/, char** argv) {  // NOLINT(bugprone-reserved-identifier)
  for (std::string line; std::getline(std::cin, line);) {
    auto words = split_words(line);
    if (words.size() < 2) {
      std::cerr << "Each line names a file for the output, one for the errors, and arguments.\n";
      return 2;
    }
    const pid_t child = ::fork();
    if (child == 0) return run(argv[0], std::move(words));
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) {
      std::perror("fork");
      return 1;
    }
    std::cout << (WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)) << std::endl;
  }
  return 0;
}
