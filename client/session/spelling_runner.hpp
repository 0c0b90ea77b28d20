#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"
#include "client/session/dictionaries.hpp"
#include "common/base/inbox.hpp"
#include "common/desk/session/job_thread.hpp"
#include "common/text/spelled_words.hpp"

namespace wardroom::client {

// Looks words up, on a thread of its own: dictionaries load slowly. Lives on the window's thread. What waits
// is bounded by the model, which asks for more words after an answer; of suggestions only the last are looked
// for.
class SpellingRunner {
 public:
  using Open = std::function<std::unique_ptr<Dictionaries>()>;

  // `inbox` outlives it. `event` folds into the model. `open` is called on the thread; left out: there are no
  // dictionaries. `preferred`: preferred_language().
  SpellingRunner(Inbox& inbox, std::function<void(Event)> event, Open open, std::string preferred);

  void run(const LookUpWords& effect);
  void run(const SuggestWords& effect);

 private:
  void tell(Event event);
  bool knows(const std::vector<std::string>& languages, const std::string& word);
  WordSuggested suggestions(const SuggestWords& effect);
  bool is_written_in(const std::string& language, const std::string& word);

  Inbox& inbox_;
  const std::function<void(Event)> event_;
  std::atomic<std::uint64_t> last_suggestion_{0};
  // The thread's own.
  std::unique_ptr<Dictionaries> dictionaries_;
  std::map<std::string, text::ScriptsOfLanguage> scripts_;
  desk::JobThread thread_;  // last: it ends before what it uses
};

}  // namespace wardroom::client
