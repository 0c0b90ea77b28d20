#include <algorithm>
#include <sqlite3.h>

#include "server/commands/handlers.hpp"
#include "server/commands/message/search_run.hpp"
#include "server/commands/page_limit.hpp"
#include "server/domain/search_match.hpp"
#include "server/store/messages.hpp"
#include "server/store/reactions.hpp"
#include "server/store/retention.hpp"
#include "server/store/search_index.hpp"

namespace wardroom::commands {
namespace {

using domain::SearchQuery;
using domain::SearchTerm;
using store::SearchCandidate;
using Kind = SearchTerm::Kind;
using Terms = std::vector<std::string>;

// Of somebody who is in more rooms the index isn't asked for each of them.
constexpr std::size_t kMostRoomTerms = 64;
// Of a filter that takes more, messages are sorted out as they come, too.
constexpr std::size_t kMostWays = 100;
// SQLite asks after so many of its steps whether it is to go on.
constexpr int kStepsBetweenLooks = 2000;

// Ends what a connection does once its time is over.
class TimeLimit {
 public:
  TimeLimit(sqlite::Connection& db, std::chrono::milliseconds time)
      : db_(db), end_(std::chrono::steady_clock::now() + time) {
    sqlite3_progress_handler(
        db.handle(), kStepsBetweenLooks,
        [](void* limit) { return static_cast<TimeLimit*>(limit)->is_over() ? 1 : 0; }, this);
  }
  ~TimeLimit() { sqlite3_progress_handler(db_.handle(), 0, nullptr, nullptr); }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  bool is_over() const { return std::chrono::steady_clock::now() >= end_; }

 private:
  sqlite::Connection& db_;
  const std::chrono::steady_clock::time_point end_;
};

// What fits, against what a message is now.
class Fitting {
 public:
  Fitting(const SearchQuery& query, const SearchNames& names, const SearchScope& scope)
      : query_(query), names_(names), scope_(scope) {}

  // Nothing when the message doesn't fit; else where.
  std::optional<std::vector<SearchMark>> fit(const SearchCandidate& message) const {
    const Folded folded(message);
    std::vector<domain::Mark> marks;
    for (const auto& choice : query_.choices) {
      bool any = false;
      for (const auto& term : choice) {
        const std::size_t before = marks.size();
        const bool is_there = has(term, message, folded, marks);
        if (term.negated) marks.resize(before);
        any = any || is_there != term.negated;
      }
      if (!any) return std::nullopt;
    }
    return in_order(std::move(marks));
  }

 private:
  struct Folded {
    explicit Folded(const SearchCandidate& message) : text(text::fold_for_search(message.text)) {
      for (const auto& name : message.files) names.push_back(text::fold_for_search(name));
    }
    text::FoldedText text;
    std::vector<text::FoldedText> names;  // of what it carries
  };

  bool has(const SearchTerm& term, const SearchCandidate& message, const Folded& folded,
           std::vector<domain::Mark>& marks) const {
    switch (term.kind) {
      case Kind::words:
      case Kind::begin:
      case Kind::part: {
        const auto found = domain::find_term(term, folded.text);
        marks.insert(marks.end(), found.begin(), found.end());
        // A name has no place in the text to be marked.
        return !found.empty() || std::ranges::any_of(folded.names, [&](const text::FoldedText& name) {
          return !domain::find_term(term, name).empty();
        });
      }
      case Kind::from:
        return names_.people.at(term.value) == message.author;
      case Kind::in:
        return std::ranges::find(names_.rooms.at(term.value), message.room) !=
               names_.rooms.at(term.value).end();
      case Kind::time:
        return (!term.range.from || message.at >= *term.range.from) &&
               (!term.range.to || message.at < *term.range.to);
      case Kind::has_link:
        return domain::has_link(message.text);
      case Kind::has_reaction:
        return message.reacted;
      case Kind::has_pin:
        return message.pinned;
      case Kind::has_file:
        return !message.files.empty();
      case Kind::has_image:
        return message.has_image;
      case Kind::is_direct:
        return scope_.is_direct(message.room);
      case Kind::is_edited:
        return message.edited;
    }
    return false;
  }

  static std::vector<SearchMark> in_order(std::vector<domain::Mark> marks) {
    std::ranges::sort(marks, {}, &domain::Mark::begin);
    std::vector<SearchMark> joined;
    for (const auto& mark : marks) {
      const auto begin = static_cast<std::int64_t>(mark.begin), end = static_cast<std::int64_t>(mark.end);
      if (!joined.empty() && begin <= joined.back().end)
        joined.back().end = std::max(joined.back().end, end);
      else
        joined.push_back({begin, end});
    }
    return joined;
  }

  const SearchQuery& query_;
  const SearchNames& names_;
  const SearchScope& scope_;
};

// What the index must have of a message that fits the term: each inner list is a way to. None: it can't help.
std::vector<Terms> ways_to(const SearchTerm& term, const SearchNames& names, const SearchScope& scope,
                           TimePoint now) {
  std::vector<Terms> ways;
  const auto add = [&ways](std::string one) { ways.push_back({std::move(one)}); };
  if (term.negated) return {};
  if (term.is_text())
    if (auto terms = domain::index_terms(term); !terms.empty()) ways.push_back(std::move(terms));
  if (term.kind == Kind::from) add(store::author_term(names.people.at(term.value)));
  if (term.kind == Kind::in)
    for (const RoomId room : names.rooms.at(term.value)) add(store::room_term(room));
  if (term.kind == Kind::time)
    for (auto& one : store::time_terms(term.range.from, term.range.to, now)) add(std::move(one));
  if (term.kind == Kind::has_link) add(store::kLinkTerm);
  if (term.kind == Kind::has_reaction) add(store::kReactionTerm);
  if (term.kind == Kind::has_pin) add(store::kPinTerm);
  if (term.kind == Kind::has_file) add(store::kFileTerm);
  if (term.kind == Kind::has_image) add(store::kImageTerm);
  if (term.kind == Kind::is_edited) add(store::kEditedTerm);
  if (term.kind == Kind::is_direct && scope.rooms().size() > kMostRoomTerms)
    for (const RoomId room : scope.rooms())
      if (scope.is_direct(room)) add(store::room_term(room));
  if (ways.size() > kMostWays) ways.clear();
  return ways;
}

store::SearchNarrowing narrow(const SearchQuery& query, const SearchNames& names, const SearchScope& scope,
                              TimePoint now) {
  store::SearchNarrowing narrowing;
  if (scope.rooms().size() <= kMostRoomTerms) {
    std::vector<Terms> rooms;
    for (const RoomId room : scope.rooms()) rooms.push_back({store::room_term(room)});
    narrowing.all_of.push_back(std::move(rooms));
  }
  for (const auto& choice : query.choices) {
    std::vector<Terms> ways;
    for (const auto& term : choice) {
      auto more = ways_to(term, names, scope, now);
      const bool helps = !more.empty();
      if (!helps) ways.clear();
      ways.insert(ways.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      if (!helps) break;
    }
    if (!ways.empty()) narrowing.all_of.push_back(std::move(ways));
  }
  return narrowing;
}

// A word that the index doesn't help with: messages are looked through for it, until the time is over.
const SearchTerm* find_too_short(const SearchQuery& query) {
  for (const auto& choice : query.choices)
    for (const auto& term : choice)
      if (domain::is_too_short(term)) return &term;
  return nullptr;
}

SearchMiss too_short(const SearchTerm& term) {
  return {
      SearchMiss::Why::too_short,
      "\"" + term.value +
          "\" is too short for the index, and there was no time to look through every message. Write three "
          "letters in a row, or name a room.",
      {}};
}

// When every room that is looked through has lost what is as old as that.
std::optional<SearchMiss> older_than_kept(ReadContext& context, const SearchQuery& query,
                                          const SearchNames& names, const SearchScope& scope) {
  std::optional<TimePoint> to;
  std::set<RoomId> rooms = scope.rooms();
  for (const auto& choice : query.choices) {
    if (choice.size() > 1 || choice.front().negated) continue;
    const auto& term = choice.front();
    if (term.kind == Kind::time && term.range.to) to = to ? std::min(*to, *term.range.to) : *term.range.to;
    if (term.kind == Kind::in) rooms = {names.rooms.at(term.value).begin(), names.rooms.at(term.value).end()};
  }
  if (!to || rooms.empty()) return std::nullopt;
  std::int64_t longest = 0;
  std::size_t ruled = 0;
  for (const auto& room : store::load_ruled_rooms(context.db)) {
    if (!rooms.contains(room.id)) continue;
    ++ruled;
    longest = std::max(longest, room.days);
  }
  if (ruled < rooms.size() || *to > context.trusted() - std::chrono::days{longest}) return std::nullopt;
  return SearchMiss{SearchMiss::Why::older_than_kept,
                    "Messages are kept for " + std::to_string(longest) + (longest == 1 ? " day" : " days") +
                        " there: what you look for is older than that.",
                    {}};
}

class Search {
 public:
  Search(ReadContext& context, const AskedSearch& asked, SearchScope scope)
      : context_(context), asked_(asked), scope_(std::move(scope)) {}

  Result<MessageSearch::Result> run() {
    const auto& params = asked_.params;
    if (params.room)
      if (auto narrowed = scope_.narrow_to(*params.room); !narrowed) return narrowed.error();
    if (auto placed = find_beyond(); !placed) return placed.error();
    if (!store::is_search_complete(context_.db)) result_.incomplete = true;
    auto found = find_search_names(context_, asked_.query);
    if (found.miss) {
      result_.miss = std::move(found.miss);
      return std::move(result_);
    }
    names_ = std::move(found.names);
    if (scope_.rooms().empty()) return miss();
    look_everywhere();
    if (context_.db.failure()) return *context_.db.failure();
    if (result_.hits.empty() && !beyond_) return miss();
    result_.more = trim_page(result_.hits, asked_.limit);
    std::vector<Message> messages;
    for (const auto& hit : result_.hits) messages.push_back(hit.message);
    result_.users = store::load_authors(context_.db, messages);
    return std::move(result_);
  }

 private:
  Result<void> find_beyond() {
    const auto& place = asked_.params.beyond;
    if (!place) return ok();
    if (!scope_.shows(place->room, place->seq)) return domain::unknown_room();
    beyond_ = store::find_message_id(context_.db, place->room, place->seq);
    if (beyond_) return ok();
    return not_found("The message from which to go on is gone. Search again.");
  }

  void look_everywhere() {
    const TimeLimit limit(context_.db, context_.services.settings->search_time);
    if (asked_.params.within_words.value_or(false)) {
      if (const auto wider = domain::within_words(asked_.query)) return look(*wider, limit);
    }
    look(asked_.query, limit);
    if (!result_.hits.empty() || beyond_ || result_.cut_off) return;
    const auto wider = domain::within_words(asked_.query);
    if (!wider) return;
    look(*wider, limit);
    if (!result_.hits.empty()) result_.within_words = true;
  }

  void look(const SearchQuery& query, const TimeLimit& limit) {
    auto narrowing = narrow(query, names_, scope_, context_.now());
    narrowing.beyond = beyond_;
    narrowing.oldest_first = asked_.params.order == MessageSearch::Order::oldest;
    const Fitting fitting(query, names_, scope_);
    bool over = limit.is_over();
    if (!over)
      store::find_candidates(context_.db, narrowing, [&](const SearchCandidate& candidate) {
        if (scope_.shows(candidate.room, candidate.seq))
          if (auto marks = fitting.fit(candidate)) take(candidate, std::move(*marks));
        over = limit.is_over();
        return !over && static_cast<std::int64_t>(result_.hits.size()) <= asked_.limit;
      });
    // SQLite was told to stop.
    if (context_.db.failure_code() == SQLITE_INTERRUPT) {
      context_.db.clear_error();
      over = true;
    }
    if (over && static_cast<std::int64_t>(result_.hits.size()) <= asked_.limit) result_.cut_off = true;
  }

  void take(const SearchCandidate& candidate, std::vector<SearchMark> marks) {
    if (auto message = store::load_message(context_.db, candidate.room, candidate.seq))
      result_.hits.push_back({candidate.room, std::move(*message), std::move(marks)});
  }

  MessageSearch::Result miss() {
    const auto* term = result_.cut_off ? find_too_short(asked_.query) : nullptr;
    if (term)
      result_.miss = too_short(*term);
    else if (auto older = older_than_kept(context_, asked_.query, names_, scope_))
      result_.miss = std::move(older);
    else
      result_.miss =
          SearchMiss{SearchMiss::Why::no_match,
                     result_.cut_off      ? "The search took too long and was ended before it had looked at "
                                            "everything. Name a room, a person or a time."
                     : scope_.is_closed() ? "No message in closed rooms of others fits all of it."
                     : scope_.rooms().empty() ? "You are in no room yet."
                                              : "No message in your rooms fits all of it.",
                     {}};
    return std::move(result_);
  }

  ReadContext& context_;
  const AskedSearch& asked_;
  SearchScope scope_;
  SearchNames names_;
  std::optional<std::int64_t> beyond_;
  MessageSearch::Result result_;
};

}  // namespace

Result<AskedSearch> check_search(MessageSearch::Params params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  const std::int64_t offset = params.utc_offset_min.value_or(0);
  if (offset < -24 * 60 || offset > 24 * 60)
    return params_error("params.utc_offset_min", "params.utc_offset_min must be from -1440 to 1440.");
  auto query = domain::parse_search(params.query, std::chrono::minutes{offset});
  if (!query) return query.error();
  return AskedSearch{std::move(params), std::move(*query), *limit};
}

Result<MessageSearch::Result> run_search(ReadContext& context, const AskedSearch& asked, SearchScope scope) {
  return Search(context, asked, std::move(scope)).run();
}

// On threads of its own: who searches long holds up others who search, and nobody who reads.
void search_messages(LiveContext& context, MessageSearch::Params params, Reply<MessageSearch> reply) {
  auto asked = check_search(std::move(params));
  if (!asked) return reply(asked.error());
  Services& services = context.services;
  services.searchers.submit(
      [&services, reply, asked = std::move(*asked)](sqlite::Connection& db) {
        ReadContext read{db, reply.call(), services};
        auto result = run_search(read, asked, SearchScope(read));
        if (db.failure()) result = *db.failure();
        reply(result);
      },
      reply);
}

}  // namespace wardroom::commands
