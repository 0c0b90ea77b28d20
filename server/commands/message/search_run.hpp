#pragma once

#include "server/commands/message/search_scope.hpp"

namespace wardroom::commands {

// A search whose parameters were looked at.
struct AskedSearch {
  protocol::MessageSearch::Params params;
  domain::SearchQuery query;
  std::int64_t limit = 0;
};
Result<AskedSearch> check_search(protocol::MessageSearch::Params params);

// On a thread of the searches: what fits of what the scope shows. Ends when its time is over.
Result<protocol::MessageSearch::Result> run_search(ReadContext& context, const AskedSearch& asked,
                                                   SearchScope scope);

}  // namespace wardroom::commands
