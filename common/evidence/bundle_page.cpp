#include <algorithm>
#include <fstream>

#include "common/base/utf8.hpp"
#include "common/evidence/bundle_case.hpp"
#include "common/evidence/bundle_witnesses.hpp"
#include "common/evidence/html_text.hpp"
#include "common/evidence/record_html.hpp"
#include "common/tlog/signed_note.hpp"

// index.html: self-contained, without a script, for the screen and for A4.
namespace wardroom::evidence {
namespace {

using std::to_string;

constexpr std::int64_t kMaxRecordRows = 20'000;  // a browser's patience; records.txt has all of them

constexpr std::string_view kStyle = R"(
:root{--ink:#1d2330;--soft:#5c6675;--line:#d9dee6;--fill:#f4f6f9;--good:#1d6b3f;--bad:#a3231f;--mark:#2f5fb3}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:15px/1.5 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.5rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--ink)}
h3{font-size:1rem;margin:1.75rem 0 .5rem}
p{margin:0 0 .75rem}
.kicker{color:var(--soft);font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;margin:0 0 .5rem}
.soft,time,.who{color:var(--soft)}
time{white-space:nowrap;font-size:.9em}
dl.case{display:grid;grid-template-columns:9rem 1fr;gap:.3rem 1rem;margin:1.25rem 0}
dl.case dt{color:var(--soft)}dl.case dd{margin:0;overflow-wrap:anywhere}
.verdict{border:1px solid var(--line);border-left:5px solid var(--good);background:var(--fill);padding:.9rem 1.1rem;margin:0 0 1rem}
.verdict.bad{border-left-color:var(--bad)}
.verdict strong{color:var(--good)}.verdict.bad strong{color:var(--bad)}
ul{margin:0 0 .75rem;padding-left:1.25rem}
code,.mono{font:.86em/1.45 ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre.command{background:var(--fill);border:1px solid var(--line);padding:.6rem .8rem;margin:0 0 .75rem;white-space:pre-wrap}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
article{border-top:1px solid var(--line);padding:.55rem 0;break-inside:avoid}
.state{display:grid;grid-template-columns:11.5rem 1fr auto;gap:0 1rem;padding:.1rem 0}
.state .text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;margin:0}
.state.earlier .text{color:var(--soft)}
.act{font-size:.82rem;color:var(--mark)}.act.deleted,.act.erased,.act.unproven{color:var(--bad)}
.place{font-size:.78rem;line-height:1.9;color:var(--soft);white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.84rem;table-layout:auto}
th{text-align:left;color:var(--soft);font-weight:600;border-bottom:1px solid var(--ink);padding:.3rem .6rem .3rem 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:.35rem .6rem .35rem 0;vertical-align:top;overflow-wrap:anywhere}
tr{break-inside:avoid}thead{display:table-header-group}
td.type{overflow-wrap:normal}td.number{font-variant-numeric:tabular-nums;white-space:nowrap}td.time{white-space:nowrap}
.change b{font-weight:600}.change{margin:0}
.denied{color:var(--bad)}
@media print{
@page{size:A4;margin:18mm 15mm}
body{font-size:10pt}main{max-width:none;padding:0}
.verdict,pre.command{background:none}
h2,h3{break-after:avoid}
table{font-size:8pt}table .place{font-size:7.5pt;line-height:1.4}.state{grid-template-columns:10.5rem 1fr auto}
h2+p{break-after:avoid}
}
@media (max-width:40rem){.columns,.state,dl.case{grid-template-columns:1fr}}
)";

// Where the states of messages stand in messages.txt, in the order in which a person reads them.
struct Spot {
  RoomId room;
  Seq seq;
  std::int64_t version = 0;
  std::streamoff offset = 0;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

class Page {
 public:
  Page(const BundleCase& about, const BundleReport& report, const std::filesystem::path& directory)
      : about_(about), report_(report), directory_(directory), names_(), out_(directory / "index.html") {}

  Result<void> write() {
    auto bundle = OpenBundle::open(directory_, about_.stopped);
    if (!bundle) return bundle.error();
    auto names = RecordNames::read(*bundle);
    if (!names) return names.error();
    names_ = std::move(*names);
    const std::string subject = subject_text();
    out_.write(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<title>Evidence: " +
        subject + "</title>\n<style>" + std::string(kStyle) + "</style></head>\n<body><main>\n");
    write_case(subject);
    write_verdict();
    if (auto done = write_conversation(); !done) return done;
    if (auto done = write_membership(); !done) return done;
    if (auto done = write_records(); !done) return done;
    out_.write("</main></body></html>\n");
    return out_.close();
  }

 private:
  // As the records have it. What only the server says today stands beside it, marked.
  std::string person(UserId id) const {
    if (const auto name = names_.person(id)) return html_escaped(*name);
    const auto known = about_.people.find(id);
    return "person " + to_string(id.value) +
           (known == about_.people.end() ? "" : unproven_name(known->second.display_name));
  }
  std::string room(RoomId id) const {
    if (const auto name = names_.room(id)) return html_escaped(*name);
    return "room " + to_string(id.value) + unproven_name(about_.room(id));
  }
  // What the bundle is about, without markup. Who or what no record in it names goes by its number.
  std::string subject_text() const {
    const auto& begun = about_.begun;
    std::string text;
    if (begun.user)
      text = names_.person(begun.user->id).value_or("person " + to_string(begun.user->id.value));
    if (begun.room) {
      if (!text.empty()) text += " in ";
      text += names_.room(begun.room->id).value_or("room " + to_string(begun.room->id.value));
    }
    return text.empty() ? "everything in the log" : html_escaped(text);
  }
  static std::string unproven_name(std::string_view name) {
    return " <span class=\"soft\">(" + html_escaped(escape_unseen(name)) + ", as the server says)</span>";
  }

  void write_term(std::string_view name, const std::string& html) {
    out_.write("<dt>" + std::string(name) + "</dt><dd>" + html + "</dd>\n");
  }

  void write_case(const std::string& subject) {
    const auto& begun = about_.begun;
    out_.write("<p class=\"kicker\">Evidence from an audit log</p>\n<h1>" + subject +
               "</h1>\n<dl class=\"case\">\n");
    if (about_.scope.since || about_.scope.until)
      write_term("Time",
                 (about_.scope.since ? "from " + readable_time(*about_.scope.since) + " " : std::string()) +
                     (about_.scope.until ? "until " + readable_time(*about_.scope.until) : std::string()));
    else
      write_term("Time", "the whole log");
    write_term("Reason", html_escaped(escape_unseen(about_.scope.reason)));
    write_term("Exported by",
               html_escaped(escape_unseen(begun.by.display_name + " (" + begun.by.name + ")")) + ", " +
                   readable_time(begun.at));
    write_term("Records",
               to_string(report_.first) + " to " + to_string(report_.last) + ": " + to_string(report_.shown) +
                   " with their bytes, " + to_string(report_.hidden) + " about others as a hash only" +
                   (report_.log.pruned > 0 ? ", " + to_string(report_.log.pruned) + " pruned" : ""));
    write_term("Messages", to_string(report_.messages) + ", in " +
                               to_string(report_.states + report_.unproven) +
                               " states (as posted, edits, deletions, restorations)");
    const auto key = tlog::VerifierKey::parse(begun.key);
    write_term("Signed head", to_string(begun.size) + " records, " + readable_time(begun.signed_at) +
                                  "<br><span class=\"mono\">root " + to_hex(report_.log.root) + "</span>");
    write_term("Log and key", "<span class=\"mono\">" +
                                  html_escaped(key ? key->name() + ", key " + key->id_hex() : begun.key) +
                                  "</span>");
    out_.write("</dl>\n");
  }

  void write_verdict() {
    out_.write("<h2>Verification</h2>\n");
    if (report_.is_proven()) {
      out_.write(
          "<div class=\"verdict\"><strong>Everything in this bundle held when it was made.</strong> The head "
          "is "
          "signed by the log's key, and all records and messages below lead to it.</div>\n");
    } else if (report_.is_sound()) {
      out_.write(
          "<div class=\"verdict bad\"><strong>Nothing in this bundle was wrong when it was made, but not "
          "all of it is proven.</strong><ul>");
      for (const auto& doubt : report_.doubts) out_.write("<li>" + html_escaped(doubt) + "</li>");
      out_.write("</ul></div>\n");
    } else {
      out_.write(
          "<div class=\"verdict bad\"><strong>This bundle did not hold when it was made.</strong><ul>");
      for (const auto& finding : report_.log.findings) out_.write("<li>" + html_escaped(finding) + "</li>");
      out_.write("</ul></div>\n");
    }
    out_.write(
        "<p>Don't take this page's word for it: it is for reading. Repeat the check in the bundle's "
        "directory, with "
        "any of these:</p>\n<pre class=\"command mono\">sh verify.sh --head HEAD\npython3 verify.py --bundle "
        ". "
        "--head HEAD\nwardroomctl audit verify --bundle . --head HEAD</pre>\n<p class=\"soft\">HEAD is a "
        "signed "
        "head that was kept on another computer. README.txt explains each step, also by hand.</p>\n"
        "<div class=\"columns\"><div><h3>What is proven</h3><ul>"
        "<li>The head was signed with the log's key.</li>"
        "<li>Between the first and the last record nothing was altered, removed, added or moved.</li>"
        "<li>The messages were committed to the log as they stand here: text, author, time, every edit and "
        "deletion.</li><li>Erased texts were there, and where.</li>" +
        (report_.counted_to ? "<li>Between the records " + to_string(*report_.counted_from) + " and " +
                                  to_string(*report_.counted_to) + " none of the messages is missing.</li>"
                            : std::string()) +
        (report_.witnesses.empty() ? std::string()
                                   : "<li>" + html_escaped(tell_witnesses(report_)) + ".</li>") +
        "</ul></div>\n"
        "<div><h3>What is not</h3><ul>"
        "<li>That this head is the one that the office saw, unless it is compared.</li>"
        "<li>Anything after the head.</li>"
        "<li>That what is given as a hash only isn't about the subject: "
        "records, and " +
        to_string(report_.others) +
        " other states of messages in the same groups.</li>"
        "<li>Who sat at the keyboard.</li></ul></div></div>\n");
  }

  bool is_stopped() const { return about_.stopped && about_.stopped(); }

  Result<void> write_conversation() {
    std::vector<Spot> spots;
    std::ifstream in(directory_ / "messages.txt", std::ios::binary);
    std::string line;
    for (std::streamoff offset = 0; std::getline(in, line);
         offset += static_cast<std::streamoff>(line.size()) + 1) {
      if (is_stopped()) return gave_up();
      if (const auto state = parse_state_entry(line))
        spots.push_back({state->room, state->seq, state->version, offset});
    }
    std::sort(spots.begin(), spots.end());
    out_.write("<h2>Messages</h2>\n");
    if (spots.empty()) out_.write("<p class=\"soft\">None.</p>\n");
    in.clear();
    for (std::size_t i = 0; i < spots.size(); ++i) {
      if (is_stopped()) return gave_up();
      const bool new_room = i == 0 || spots[i].room != spots[i - 1].room;
      const bool new_message = new_room || spots[i].seq != spots[i - 1].seq;
      const bool last_state =
          i + 1 == spots.size() || spots[i + 1].room != spots[i].room || spots[i + 1].seq != spots[i].seq;
      if (new_room) out_.write("<h3>" + room(spots[i].room) + "</h3>\n");
      if (new_message)
        out_.write("<article id=\"m" + to_string(spots[i].room.value) + "-" + to_string(spots[i].seq.value) +
                   "\">\n");
      in.seekg(spots[i].offset);
      std::getline(in, line);
      if (const auto state = parse_state_entry(line)) write_state(*state, last_state);
      if (last_state) out_.write("</article>\n");
    }
    return ok();
  }

  void write_state(const StateEntry& s, bool shown) {
    const std::string place =
        "message " + to_string(s.seq.value) + (s.record ? ", record " + to_string(*s.record) : "");
    out_.write("<div class=\"state" + std::string(shown ? "" : " earlier") + "\"><div><b>" + person(s.by) +
               "</b><br><time datetime=\"" + to_rfc3339(s.at) + "\">" + readable_time(s.at) +
               "</time></div><div>");
    if (!s.record) out_.write("<span class=\"act unproven\">NOT PROVEN</span> ");
    if (s.act != "posted") out_.write("<span class=\"act " + s.act + "\">" + s.act + "</span>");
    if (s.reply_to)
      out_.write("<span class=\"soft\">answers message " + to_string(s.reply_to->value) + "</span>");
    if (s.thread)
      out_.write(std::string("<span class=\"soft\">") + (s.reply_to ? ", " : "") +
                 "in the thread of message " + to_string(s.thread->value) + "</span>");
    if (!s.reason.empty())
      out_.write(" <span class=\"soft\">reason: <bdi>" + html_escaped(escape_unseen(s.reason)) +
                 "</bdi></span>");
    if (s.erased)
      out_.write(
          "<p class=\"text\"><span class=\"act erased\">The text was erased for good.</span> <span "
          "class=\"mono soft\">commitment " +
          to_hex(*s.erased) + "</span></p>");
    else if (s.act != "deleted")
      out_.write("<p class=\"text\" dir=\"auto\">" + html_escaped(s.text) + "</p>");
    for (const auto& file : s.files)
      out_.write("<p class=\"text\"><bdi>" + html_escaped(escape_unseen(file.name)) +
                 "</bdi> <span class=\"soft\">" + to_string(file.size) +
                 " bytes</span> <span class=\"mono soft\">SHA-256 " + to_hex(file.sha256) + "</span></p>");
    out_.write("</div><div class=\"place\">" + place + "</div></div>\n");
  }

  Result<void> write_membership() {
    bool any = false;
    auto done = each_record([&](const RecordEntry& entry) {
      const auto change = find_membership_change(entry);
      if (!change) return true;
      if (!any)
        out_.write(
            "<h2>Who was in the room</h2>\n<p class=\"soft\">Out of the records below that tell of people "
            "coming "
            "in and leaving.</p>\n<table><thead><tr><th>Record</th><th>Time "
            "(UTC)</th><th>Room</th><th>Person</th>"
            "<th></th></tr></thead><tbody>\n");
      any = true;
      out_.write("<tr><td class=\"number\">" + to_string(change->record) + "</td><td class=\"time\">" +
                 html_escaped(readable_time(change->ts)) + "</td><td>" + room(change->room) + "</td><td>" +
                 html_escaped(change->person) + "</td><td>" + (change->came ? "came in" : "left") +
                 (change->by.empty() ? "" : ", by " + html_escaped(change->by)) + "</td></tr>\n");
      return true;
    });
    if (any) out_.write("</tbody></table>\n");
    return done;
  }

  static bool binds_states(std::string_view line) {
    return line.find(R"("type":"messages.committed")") != std::string_view::npos ||
           line.find(R"("type":"reactions.committed")") != std::string_view::npos;
  }

  // Records that bind messages or reactions in are no reading: each of the messages names its record.
  Result<void> write_records() {
    std::int64_t rows = 0, committed = 0, more = 0;
    out_.write(
        "<h2>Records</h2>\n<table><thead><tr><th>Record</th><th>Time (UTC)</th><th>What</th><th>Who</th>"
        "<th>Whom or what</th><th>Before and after</th></tr></thead><tbody>\n");
    auto done = each_record([&](const RecordEntry& entry) {
      if (entry.body != RecordEntry::Body::given) return true;
      if (binds_states(entry.line))
        ++committed;
      else if (++rows > kMaxRecordRows)
        ++more;
      else
        out_.write(record_row(entry));
      return true;
    });
    out_.write("</tbody></table>\n");
    std::string note =
        to_string(committed) + " records bind messages and reactions in; they are in records.txt";
    if (more > 0) note += ", and so are " + to_string(more) + " further records";
    out_.write("<p class=\"soft\">" + note + ".</p>\n");
    return done;
  }

  Result<void> each_record(const std::function<bool(const RecordEntry&)>& take) {
    const auto bundle = OpenBundle::open(directory_, about_.stopped);
    if (!bundle) return bundle.error();
    return bundle->read_lines("records.txt", [&](std::string_view line) {
      const auto entry = parse_record_entry(line);
      return !entry || take(*entry);
    });
  }

  const BundleCase& about_;
  const BundleReport& report_;
  const std::filesystem::path& directory_;
  RecordNames names_;
  NewFile out_;
};

}  // namespace

Result<void> write_page(const BundleCase& about, const BundleReport& report,
                        const std::filesystem::path& directory) {
  return Page(about, report, directory).write();
}

}  // namespace wardroom::evidence
