#include "ctl/commands/terminal.hpp"

#include <csignal>
#include <istream>
#include <termios.h>
#include <unistd.h>

namespace wardroom::ctl {
namespace {

// Echo is off for as long as this lives.
class Unseen {
 public:
  Unseen() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Unseen() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
};

}  // namespace

void prepare_streams() {
  std::signal(SIGPIPE, SIG_DFL);
}

bool is_terminal() {
  return ::isatty(STDIN_FILENO) == 1;
}

std::string read_unseen_line(std::istream& in) {
  const Unseen unseen;
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace wardroom::ctl
