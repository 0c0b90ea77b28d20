#include "admin/model/erasure.hpp"

#include "admin/model/people.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {

// The server asks for a reason even then, and keeps none.
void begin_erasure(Turn& turn, UserId person) {
  auto& people = turn.state.people;
  people.erase.reset();
  if (!turn.call<protocol::AdminEraseTexts>({person, "to see what would happen", true}))
    people.dialog_error = "There is no connection to the server now.";
}

std::vector<std::string> erasure_lines(const protocol::AdminEraseTexts::Result& count) {
  std::vector<std::string> lines;
  lines.push_back(counted(count.messages, "message") + " in " + counted(count.rooms, "room") +
                  (count.messages == 1 ? " becomes a tombstone." : " become tombstones."));
  lines.push_back(counted(count.texts, "text") +
                  ", with every earlier version, go from the database and from the next backup.");
  if (count.reports > 0) lines.push_back("The copies in " + counted(count.reports, "report") + " go, too.");
  if (count.held > 0)
    lines.push_back(counted(count.held, "message") + " stay as they are: their rooms are on hold.");
  lines.push_back("The audit log still proves that the texts were there, and when. It can't be undone.");
  return lines;
}

void fold(Turn& turn, const EraseTexts& action) {
  const UserId person = turn.state.people.selected;
  if (begin_change(turn)) turn.call<protocol::AdminEraseTexts>({person, action.reason, {}});
}

void fold(Turn& turn, const Answer<protocol::AdminEraseTexts>& answer) {
  auto& people = turn.state.people;
  const bool shown = people.dialog == PeopleDialog::erase && people.selected == answer.params.user;
  if (answer.params.dry_run.value_or(false)) {
    if (!shown) return;
    if (!answer.result) return refuse_change(turn, answer.result.error());
    people.erase = *answer.result;
    return;
  }
  if (!answer.result) return refuse_change(turn, answer.result.error());
  people.busy = false;
  if (shown) close_people_dialog(people);
  show_toast(turn,
             counted(answer.result->texts, "text") + (answer.result->files_clean
                                                          ? " are erased, also from the database's files."
                                                          : " are erased; the database's files follow soon."),
             false);
}

}  // namespace wardroom::admin
