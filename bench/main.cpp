#include <iostream>

#include "bench/client_tls.hpp"
#include "bench/door_load.hpp"
#include "bench/ground.hpp"
#include "bench/idle_load.hpp"
#include "bench/message_load.hpp"
#include "bench/reactor.hpp"
#include "bench/replay_load.hpp"
#include "bench/sign_in_load.hpp"

namespace {

using namespace wardroom;
using namespace wardroom::bench;

template <class Load>
Result<Faults> run_load(const LoadOptions& options, const Ground& ground, Reactor& reactor) {
  Load load(options, ground, reactor);
  auto done = load.run();
  reactor.abort_all();
  if (!done) return done.error();
  return load.faults;
}

Result<Faults> run_doors(const LoadOptions& options, const Ground& ground, const Target& target,
                         const ClientTls& tls) {
  DoorLoad load(options, ground, target, tls);
  auto done = options.mode == Mode::passwords ? load.storm()
              : options.mode == Mode::guesses ? load.guess()
                                              : load.compare_refusals();
  if (!done) return done.error();
  return load.faults;
}

Result<Faults> run(const LoadOptions& options) {
  auto target = resolve(options.host, options.port);
  if (!target) return target.error();
  auto tls = ClientTls::create(options.ca_file);
  if (!tls) return tls.error();
  auto ground = prepare_ground(options, *target, *tls);
  if (!ground) return ground.error();
  Reactor reactor(*target, *tls);
  switch (options.mode) {
    case Mode::one_room:
    case Mode::many_rooms:
    case Mode::fixed_rate:
      return run_load<MessageLoad>(options, *ground, reactor);
    case Mode::idle:
    case Mode::storm:
      return run_load<IdleLoad>(options, *ground, reactor);
    case Mode::sign_in:
      return run_load<SignInLoad>(options, *ground, reactor);
    case Mode::passwords:
    case Mode::guesses:
    case Mode::refusals:
      return run_doors(options, *ground, *target, *tls);
    case Mode::replay:
      return run_load<ReplayLoad>(options, *ground, reactor);
  }
  return make_error(ErrorCode::internal, "There is no such mode.");
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = parse_command_line(argc, argv);
  if (const auto* refused = std::get_if<Refused>(&options)) return refused->exit_status;
  const auto faults = run(std::get<LoadOptions>(options));
  if (!faults) {
    std::cerr << "wardroom-load: " << faults.error().message << "\n";
    return 2;
  }
  return faults->sum() == 0 ? 0 : 1;
}
