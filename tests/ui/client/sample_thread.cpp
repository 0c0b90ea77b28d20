#include "tests/ui/client/sample.hpp"

namespace wardroom::client::sample {
namespace {

constexpr ThreadName kImport{RoomId{3}, Seq{3}};

ThreadSummary summary() {
  ThreadSummary thread;
  thread.count = 4;
  thread.replies = "4 replies";
  thread.last_at = "today 09:12";
  thread.unread = 2;
  thread.repliers = {"Priya Nair", "Wei Chen", "Lena Moreau"};
  thread.names = "Priya Nair, Wei Chen and you";
  thread.last = {{"Wei Chen", "With `iconv` first it goes through, I've just tried it on the whole list."},
                 {"Priya Nair", "Then let's say so in the release note and not hold up the freeze for it."}};
  return thread;
}

TimelineRow rule(std::uint64_t key, TimelineRow::Kind kind, std::string text) {
  TimelineRow row;
  row.key = key;
  row.kind = kind;
  row.text = std::move(text);
  return row;
}

void fill_thread(WindowProps& p) {
  auto& pane = p.thread;
  pane.shown = true;
  pane.thread = kImport;
  pane.serial = 1;
  pane.where = "#release-7";
  pane.followed = pane.may_follow = true;
  auto& timeline = pane.timeline;
  timeline.room = kImport.room;
  timeline.self_name = "lena";
  timeline.unread = 2;
  timeline.rights.thread = timeline.rights.quote = false;
  auto& rows = timeline.rows;
  rows.push_back(rule(101, TimelineRow::Kind::day, "Thursday, 19 November"));
  rows.push_back(p.timeline.rows[2]);
  rows.back().reply = {};
  rows.back().thread = {};
  rows.push_back(rule(102, TimelineRow::Kind::replies, "4 replies"));
  rows.push_back(message(40, "Lena Moreau", "16:49", "Is it every file, or only those with umlauts?"));
  rows.back().own = true;
  rows.push_back(message(41, "Tomasz Wilk", "16:52", "Every one that Excel wrote. The others are fine."));
  rows.back().reactions = {{"👍", 2, true, "Priya Nair and you"}};
  rows.push_back(rule(103, TimelineRow::Kind::day, "Friday, 20 November"));
  rows.push_back(rule(104, TimelineRow::Kind::unread_line, "new"));
  rows.push_back(message(42, "Wei Chen", "09:08",
                         "With `iconv` first it goes through, I've just tried it on the whole list."));
  rows.push_back(message(43, "Priya Nair", "09:12",
                         "Then let's say so in the release note and not hold up the freeze for it."));
  timeline.revision = 1;
  pane.composer.room = kImport.room;
  pane.composer.placeholder = "Reply in the thread";
  pane.composer.people = p.composer.people;
}

}  // namespace

WindowProps with_thread() {
  WindowProps p = main_window();
  p.header.members_shown = false;
  p.timeline.rows[2].thread = summary();
  p.timeline.rows[5].thread.unsent = p.timeline.rows[5].thread.has_draft = true;
  p.side_bar.threads_shown = true;
  p.side_bar.threads_unread = 2;
  fill_thread(p);
  return p;
}

WindowProps with_thread_list() {
  WindowProps p = main_window();
  p.header.members_shown = false;
  p.timeline.rows[2].thread = summary();
  p.side_bar.threads_shown = p.side_bar.threads_open = true;
  p.side_bar.threads_unread = 2;
  p.threads.shown = true;
  p.threads.rows = {{kImport, "Tomasz Wilk", "#release-7",
                     "The import fails on files from the old system. It's the byte-order mark again:",
                     "4 replies · today 09:12", 2, false, false},
                    {{RoomId{1}, Seq{77}},
                     "Amara Osei",
                     "#incidents",
                     "Who restarts the mail gateway tonight?",
                     "12 replies · today 08:31",
                     1,
                     false,
                     false},
                    {{RoomId{8}, Seq{5}},
                     "Amara Osei",
                     "Amara Osei",
                     "Your numbers for the third floor, please",
                     "2 replies · yesterday 17:21",
                     0,
                     true,
                     false},
                    {{RoomId{7}, Seq{31}},
                     "Wei Chen",
                     "#lunch",
                     "Who brings the cake tomorrow?",
                     "7 replies · 3 March",
                     0,
                     false,
                     true}};
  p.threads.more = true;
  return p;
}

}  // namespace wardroom::client::sample
