#pragma once

#include <catch2/catch.hpp>

#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "tests/unit/client/driver.hpp"

// A room with a thread, for the tests of threads.
namespace wardroom::client::test {

using protocol::MessagePost;
using protocol::MessageThread;

inline constexpr ThreadName kThread{kRoom, Seq{1}};

inline protocol::MessagePosted reply(std::int64_t seq, std::string text, UserId author = kAmara,
                                     std::optional<std::string> client_id = {}) {
  auto event = posted(seq, std::move(text), author, std::move(client_id));
  event.thread = kThread.root;
  return event;
}

inline protocol::Message stored_reply(std::int64_t seq, std::string text, UserId author = kAmara) {
  auto stored = message(seq, std::move(text), author);
  stored.thread = kThread.root;
  return stored;
}

inline protocol::Replies replies(std::int64_t count, std::int64_t last) {
  return {count, Seq{last}, message(last, "").at, {kAmara}};
}

inline protocol::ThreadChanged changed(std::int64_t count, std::int64_t last) {
  return {kRoom, kThread.root, Seq{last}, replies(count, last)};
}

inline protocol::Following following(std::int64_t read, std::int64_t unread) {
  return {true, Seq{read}, unread};
}

// A room with a root, its thread opened, the server's answer taken.
inline void open_answered(Driver& d, std::vector<protocol::Message> stored = {},
                          protocol::Following how = {}) {
  d.start().on(posted(1, "Who brings the cake?"));
  d.effects.clear();
  d.act(OpenThread{kThread});
  MessageThread::Result page;
  page.root = message(1, "Who brings the cake?");
  if (!stored.empty()) {
    page.root->replies = replies(static_cast<std::int64_t>(stored.size()), stored.back().seq.value);
    page.root->changed = stored.back().seq;
  }
  page.messages = std::move(stored);
  page.following = how;
  d.answer<MessageThread>(page);
  d.effects.clear();
}

inline std::vector<std::string> in_thread(Driver& d) {
  std::vector<std::string> texts;
  for (const auto& row : d.props().thread.timeline.rows)
    if (row.kind == TimelineRow::Kind::message)
      texts.push_back(row.text + (row.delivery == Delivery::pending  ? "…"
                                  : row.delivery == Delivery::failed ? "!"
                                                                     : ""));
  return texts;
}

inline const TimelineRow& root_row(Driver& d) {
  for (const auto& row : d.props().timeline.rows)
    if (row.seq == kThread.root) return row;
  throw std::logic_error("the root isn't shown");
}

inline MessagePost::Params sent_into_thread(Driver& d, std::string text) {
  d.act(SendInThread{kThread, std::move(text)});
  d.on(OutboxSaved{d.take<SaveOutbox>().row.client_id, ok()});
  return d.take<Call<MessagePost>>().params;
}

}  // namespace wardroom::client::test
