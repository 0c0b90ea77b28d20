#include "server/net/newcomers.hpp"

namespace wardroom::net {

void Newcomers::serve_share() {
  if (waiting_.empty()) return;
  const Time end = now_() + kShare;
  do {
    const auto work = std::move(waiting_.front());
    waiting_.pop_front();
    work();
  } while (!waiting_.empty() && now_() < end);
}

}  // namespace wardroom::net
