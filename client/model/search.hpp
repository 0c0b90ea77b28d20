#pragma once

#include "client/model/actions.hpp"
#include "client/model/model_events.hpp"
#include "client/model/props/search.hpp"
#include "client/model/turn.hpp"

// Searching what was written, in the open room or everywhere; going to a hit and back.
namespace wardroom::client {

void fold(Turn& turn, const OpenSearch& action);
void fold(Turn& turn, const CloseSearch& action);
void fold(Turn& turn, const SearchFor& action);
void fold(Turn& turn, const SearchOn& action);
void fold(Turn& turn, const ShowHit& action);
void fold(Turn& turn, const ReturnFromHit& action);
void fold(Turn& turn, const Answer<protocol::MessageSearch>& answer);
void fold(Turn& turn, const CacheSearched& event);

SearchProps select_search(const State& state);

// The text around the first mark, cut where it is long. Marks are those of the whole text, in bytes.
std::vector<SearchHitRow::Piece> cut_hit(std::string_view text,
                                         const std::vector<protocol::SearchMark>& marks);

}  // namespace wardroom::client
