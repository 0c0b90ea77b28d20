#pragma once

#include "ctl/commands/client.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {

// Every entry of a list that goes on after the last name of the page before, until `take` returns false.
template <class M, class Entry, class Take>
Result<void> for_each_named(link::BlockingClient& client, typename M::Params params,
                            std::vector<Entry> M::Result::*entries, Take take) {
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  for (;;) {
    const auto page = client.call<M>(params);
    if (!page) return page.error();
    const auto& list = (*page).*entries;
    for (const auto& entry : list)
      if (!take(entry)) return ok();
    if (!page->more || list.empty()) return ok();
    params.after = list.back().name;
  }
}

}  // namespace wardroom::ctl
