#include <iostream>
#include <signal.h>
#include <sodium.h>
#include <sstream>

#include "common/base/log.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"

// served_office DIRECTORY START: a whole server over real TLS whose clock begins at START (Unix milliseconds)
// and moves only when it is told to. It is told by lines on standard input, and answers each with one line:
//   start                 serves; the port
//   stop
//   advance SECONDS       time passes
//   backup FILE           of a server that is stopped
//   restore FILE DIRECTORY
// The first line that it prints is the set-up code.

using namespace wardroom;

namespace {

class ServedOffice {
 public:
  ServedOffice(const std::filesystem::path& root, TimePoint start) : clock_(start) {
    options_.server.hosts = {"localhost"};
    options_.server.port = 0;
    options_.server.listen = {"127.0.0.1"};
    options_.server.network_threads = 1;
    // The clock stands still, so nothing that was used up comes back.
    options_.limits.requests_burst = options_.limits.requests_per_second = 1'000'000;
    options_.limits.messages_burst = options_.limits.messages_per_second = 1'000'000;
    options_.limits.handshake_seconds = options_.limits.sign_in_seconds = std::chrono::seconds{600};
    options_.limits.request_seconds = options_.limits.keep_alive_seconds = std::chrono::seconds{600};
    options_.files.free_mib = 64;  // whatever this machine has
    options_.hashing.admin_memory_mib = 19;
    options_.hashing.admin_passes = 2;
    options_.sign_in.refusal_ms = std::chrono::milliseconds{1};
    dir_.root = root;
  }

  Result<std::string> initialise() {
    auto made = app::initialise(dir_.root, options_, clock_);
    if (!made) return made.error();
    return std::string(made->setup_code.reveal());
  }

  Result<std::string> obey(std::istream& line) {
    std::string word;
    line >> word;
    if (word == "start") return start();
    if (word == "stop") {
      appliance_.reset();
      return word;
    }
    if (word == "advance") {
      std::int64_t seconds = 0;
      line >> seconds;
      clock_.advance(std::chrono::seconds{seconds});
      return word;
    }
    if (word == "backup") return back_up(line);
    if (word == "restore") return restore(line);
    return make_error(ErrorCode::params, "Nobody understands \"" + word + "\".");
  }

 private:
  Result<std::string> start() {
    auto started = app::Appliance::start(dir_, options_, clock_);
    if (!started) return started.error();
    appliance_ = std::move(*started);
    return std::to_string(appliance_->port());
  }
  Result<std::string> back_up(std::istream& line) {
    std::string file;
    line >> file;
    const auto done = app::back_up_offline(dir_, file, clock_);
    if (!done) return done.error();
    return file;
  }
  Result<std::string> restore(std::istream& line) {
    std::string file, directory;
    line >> file >> directory;
    const auto done = ops::restore_backup(file, directory, "a rehearsal", clock_);
    if (!done) return done.error();
    dir_.root = directory;
    return directory;
  }

  FakeClock clock_;
  app::Options options_;
  ops::DataDir dir_;
  std::unique_ptr<app::Appliance> appliance_;
};

bool print(const Result<std::string>& answer) {
  if (answer)
    std::cout << *answer << std::endl;
  else
    std::cerr << answer.error().message << "\n";
  return static_cast<bool>(answer);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || sodium_init() < 0) {
    std::cerr << "usage: served_office DIRECTORY START\n";
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  init_log(LogLevel::warn);
  ServedOffice office(argv[1], from_unix_ms(std::atoll(argv[2])));
  if (!print(office.initialise())) return 1;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    if (!print(office.obey(words))) return 1;
  }
  return 0;
}
