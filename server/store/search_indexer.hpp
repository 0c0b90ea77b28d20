#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "server/store/search_index.hpp"

namespace wardroom::store {

// Keeps the search index up with the database, on a thread of its own at the lowest priority: no change waits
// for it. It looks each quarter of a second whether something was committed, and each half while much is: one
// large step costs less than two small ones, and both are well within the second in which a message is found.
class SearchIndexer {
 public:
  explicit SearchIndexer(std::unique_ptr<SearchIndex> index) : index_(std::move(index)) {}
  // As stop().
  ~SearchIndexer() { stop(); }

  void start();
  // Ends what is under way after its piece, and closes the files, so that the writer is the last who has the
  // database open. Idempotent.
  void stop();

  // Any thread: takes in all that is committed now, on this thread.
  Result<void> catch_up();
  // Any thread: empties the index and has it filled again.
  Result<void> begin_again();
  // Any thread. `done` hears, on the indexer's thread, whether nothing of what left the index is in its file
  // any more. Without a running thread it is done at once.
  using Done = std::function<void(bool clean)>;
  void clean(Done done);

 private:
  void run_thread();
  // Whether there is more to do at once.
  bool run_piece();
  void clean_when_wanted();
  bool try_to_clean();

  std::unique_ptr<SearchIndex> index_;  // empty once stopped
  std::mutex index_mutex_;              // whoever uses index_
  std::mutex mutex_;                    // the rest
  std::condition_variable wake_;
  std::vector<Done> waiting_;
  bool runs_ = false;
  bool stopping_ = false;
  bool must_clean_ = false;  // the indexer's thread
  bool was_much_ = false;    // the same: that the last piece took in
  std::thread thread_;
};

}  // namespace wardroom::store
