#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/csv.hpp"
#include "admin/model/turn.hpp"

// The list of the open page as a file. All rows that its filter finds: what isn't there yet is fetched first.
namespace wardroom::admin {

// Whether the page has a list that can be saved.
bool has_list(Page page);
// The title's row, then one a line.
std::vector<CsvRow> rows_of(const State& state, Page page);

// Goes on with the pages that are still missing, and writes the file when none is.
void go_on_saving(Turn& turn);

void fold(Turn& turn, const AskForCsv& action);
void fold(Turn& turn, const SaveCsv& action);
void fold(Turn& turn, const CloseCsv& action);
void fold(Turn& turn, const CsvSaved& event);

}  // namespace wardroom::admin
