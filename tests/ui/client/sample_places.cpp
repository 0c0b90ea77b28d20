#include "tests/ui/client/sample.hpp"

namespace wardroom::client::sample {
namespace {

constexpr MessagePlace kLinked{RoomId{4}, Seq{9}};

// The first two rooms are favourites, the next two stand in a section, and one section is still empty.
void arrange(SideBarProps& bar) {
  SideBarSection favourites{SideBarSection::Kind::favourites, {}};
  SideBarSection projects{SideBarSection::Kind::own, {}};
  projects.name = "Projects";
  SideBarSection quiet{SideBarSection::Kind::own, {}};
  quiet.name = "To read on Fridays";
  quiet.index = 1;
  for (auto& section : bar.sections) {
    if (section.kind != SideBarSection::Kind::rooms) continue;
    auto& rows = section.rows;
    for (auto* to : {&favourites, &projects})
      for (int i = 0; i < 2 && !rows.empty(); ++i) {
        to->rows.push_back(rows.front());
        rows.erase(rows.begin());
      }
  }
  bar.sections.insert(bar.sections.begin() + 1, {favourites, projects, quiet});
}

void fill_forward(WindowProps& p) {
  p.dialog = Dialog::forward;
  p.forward.serial = 1;
  p.forward.quote = {Seq{2}, "Amara Osei", "Build 7.0.3 is on the test machines, notes follow."};
  p.forward.has_files = true;
  p.forward.entries = p.switcher.entries;
}

void fill_profile(WindowProps& p) {
  p.dialog = Dialog::profile;
  p.profile.person = p.members.sections[0].people[0].person;
  p.profile.title = "Head of Planning";
  p.profile.pronouns = "she/her";
  p.profile.status = "At the site, back for the freeze";
  p.profile.status_until = "17:00";
  p.profile.clock = "17:42, 1 h ahead of you";
  p.profile.zone = "Africa/Johannesburg";
}

}  // namespace

WindowProps with_places() {
  WindowProps p = main_window();
  arrange(p.side_bar);
  p.timeline.rows[3].text = "As agreed: wardroom://office.example:7443/room/4/9";
  p.timeline.rows[3].links = {kLinked};
  p.timeline.link_cards[kLinked] = {"Priya Nair · #general · yesterday 09:14",
                                    "We freeze on Thursday at 18:00, whatever is open then goes into 7.1.",
                                    true};
  p.saved.shown = true;
  p.saved.rows = {{kLinked, "Priya Nair", "#general, yesterday 09:14",
                   "We freeze on **Thursday at 18:00**, whatever is open then goes into 7.1."},
                  {{RoomId{3}, Seq{2}},
                   "Amara Osei",
                   "#release-7, today 16:42",
                   "Build 7.0.3 is on the test machines, see `import --all`."}};
  return p;
}

WindowProps place_dialog(Dialog dialog) {
  WindowProps p = main_window();
  if (dialog == Dialog::forward) fill_forward(p);
  if (dialog == Dialog::profile) fill_profile(p);
  if (dialog == Dialog::date) {
    p.dialog = dialog;
    p.date = {1, std::chrono::year{2026} / 11 / 20, ""};
  }
  return p;
}

}  // namespace wardroom::client::sample
