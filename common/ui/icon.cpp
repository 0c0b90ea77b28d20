#include "common/ui/icon.hpp"

#include <array>
#include <imgui.h>
#include <initializer_list>
#include <vector>

namespace wardroom::ui {
namespace {

constexpr float kPi = 3.14159265F;

// Draws on a grid of 16 by 16.
class Pen {
 public:
  Pen(ImVec2 corner, float unit, Colour colour, float thickness)
      : corner_(corner), unit_(unit), colour_(colour), thickness_(thickness) {}

  void line(std::initializer_list<ImVec2> points, bool closed = false) const {
    std::vector<ImVec2> at;
    at.reserve(points.size());
    for (const ImVec2 p : points) at.push_back(map(p));
    list().AddPolyline(at.data(), static_cast<int>(at.size()), colour_, closed ? ImDrawFlags_Closed : 0,
                       thickness_);
  }
  void circle(ImVec2 centre, float radius) const {
    list().AddCircle(map(centre), radius * unit_, colour_, 0, thickness_);
  }
  void dot(ImVec2 centre, float radius) const {
    list().AddCircleFilled(map(centre), radius * unit_, colour_, 0);
  }
  void box(ImVec2 from, ImVec2 to, float radius) const {
    list().AddRect(map(from), map(to), colour_, radius * unit_, 0, thickness_);
  }
  // Angles in turns of a half circle, clockwise from the right.
  void arc(ImVec2 centre, float radius, float from, float to) const {
    list().PathArcTo(map(centre), radius * unit_, from * kPi, to * kPi, 16);
    list().PathStroke(colour_, 0, thickness_);
  }
  void area(std::initializer_list<ImVec2> points) const {
    std::vector<ImVec2> at;
    for (const ImVec2 p : points) at.push_back(map(p));
    list().AddConvexPolyFilled(at.data(), static_cast<int>(at.size()), colour_);
  }

 private:
  static ImDrawList& list() { return *ImGui::GetWindowDrawList(); }
  ImVec2 map(ImVec2 p) const { return {corner_.x + p.x * unit_, corner_.y + p.y * unit_}; }

  ImVec2 corner_;
  float unit_;
  Colour colour_;
  float thickness_;
};

void draw_people(const Pen& pen) {
  pen.circle({6, 5.2F}, 2.4F);
  pen.arc({6, 13.6F}, 4.4F, 1, 2);
  pen.arc({10.8F, 5.2F}, 2.4F, -0.5F, 0.5F);
  pen.arc({10.6F, 13.6F}, 4.4F, -0.42F, 0);
}

void draw_settings(const Pen& pen) {
  for (const float y : {4.0F, 8.0F, 12.0F}) pen.line({{2, y}, {14, y}});
  pen.dot({10, 4}, 2);
  pen.dot({5, 8}, 2);
  pen.dot({11, 12}, 2);
}

void draw_lock(const Pen& pen) {
  pen.box({3.5F, 7}, {12.5F, 14}, 1.5F);
  pen.arc({8, 7}, 2.9F, 1, 2);
  pen.dot({8, 10.4F}, 1);
}

void draw_compass(const Pen& pen) {
  pen.circle({8, 8}, 6.2F);
  pen.line({{10.8F, 5.2F}, {9, 9}, {5.2F, 10.8F}, {7, 7}}, true);
}

void draw_trash(const Pen& pen) {
  pen.line({{3, 4.5F}, {13, 4.5F}});
  pen.line({{6, 4.5F}, {6, 2.5F}, {10, 2.5F}, {10, 4.5F}});
  pen.line({{4.2F, 4.5F}, {4.9F, 13.8F}, {11.1F, 13.8F}, {11.8F, 4.5F}});
}

void draw_keyboard(const Pen& pen) {
  pen.box({1.5F, 4}, {14.5F, 12.5F}, 1.5F);
  for (const float x : {4.0F, 6.7F, 9.4F, 12.0F}) pen.dot({x, 6.7F}, 0.7F);
  pen.line({{5, 10}, {11, 10}});
}

void draw_bell_off(const Pen& pen) {
  pen.line({{3, 11.5F},
            {4.5F, 9.5F},
            {4.5F, 6.5F},
            {6, 4},
            {8, 3.2F},
            {10, 4},
            {11.5F, 6.5F},
            {11.5F, 9.5F},
            {13, 11.5F}},
           true);
  pen.arc({8, 12.2F}, 1.6F, 0, 1);
  pen.line({{2.5F, 2.5F}, {13.5F, 13.5F}});
}

void draw_strokes(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::search:
      pen.circle({7, 7}, 4.4F);
      pen.line({{10.2F, 10.2F}, {14, 14}});
      return;
    case Icon::close:
      pen.line({{4, 4}, {12, 12}});
      pen.line({{12, 4}, {4, 12}});
      return;
    case Icon::plus:
      pen.line({{8, 3}, {8, 13}});
      pen.line({{3, 8}, {13, 8}});
      return;
    case Icon::check:
      pen.line({{3, 8.5F}, {6.5F, 12}, {13, 4.5F}});
      return;
    case Icon::people:
      draw_people(pen);
      return;
    case Icon::send:
      pen.line({{2.5F, 3}, {14, 8}, {2.5F, 13}, {4.2F, 8}}, true);
      pen.line({{4.2F, 8}, {9, 8}});
      return;
    case Icon::down:
      pen.line({{8, 2.5F}, {8, 13}});
      pen.line({{3.5F, 8.5F}, {8, 13}, {12.5F, 8.5F}});
      return;
    case Icon::chevron_down:
      pen.line({{4, 6}, {8, 10}, {12, 6}});
      return;
    case Icon::chevron_right:
      pen.line({{6, 4}, {10, 8}, {6, 12}});
      return;
    case Icon::back:
      pen.line({{13, 8}, {3, 8}});
      pen.line({{7.5F, 3.5F}, {3, 8}, {7.5F, 12.5F}});
      return;
    case Icon::lock:
      draw_lock(pen);
      return;
    case Icon::bell_off:
      draw_bell_off(pen);
      return;
    case Icon::settings:
      draw_settings(pen);
      return;
    case Icon::reply:
      pen.line({{6, 3}, {2.5F, 6.5F}, {6, 10}});
      pen.line({{2.5F, 6.5F}, {10, 6.5F}, {13, 9}, {13, 13}});
      return;
    case Icon::thread:
      pen.line({{2.5F, 3}, {13.5F, 3}, {13.5F, 11}, {7.5F, 11}, {4.5F, 13.6F}, {4.5F, 11}, {2.5F, 11}}, true);
      pen.line({{5, 5.8F}, {11, 5.8F}});
      pen.line({{5, 8.3F}, {9, 8.3F}});
      return;
    case Icon::copy:
      pen.box({5.5F, 5.5F}, {13.5F, 13.5F}, 1.5F);
      pen.line({{3.5F, 10.5F}, {2.5F, 10.5F}, {2.5F, 2.5F}, {10.5F, 2.5F}, {10.5F, 3.5F}});
      return;
    case Icon::pencil:
      pen.line({{3, 13}, {3.6F, 10}, {11, 2.6F}, {13.4F, 5}, {6, 12.4F}}, true);
      return;
    case Icon::clock:
      pen.circle({8, 8}, 6);
      pen.line({{8, 4.5F}, {8, 8.2F}, {10.5F, 9.8F}});
      return;
    case Icon::warning:
      pen.line({{8, 2.2F}, {14.5F, 13.5F}, {1.5F, 13.5F}}, true);
      pen.line({{8, 6.3F}, {8, 9.6F}});
      pen.dot({8, 11.6F}, 0.8F);
      return;
    case Icon::emoji:
      pen.circle({8, 8}, 6.2F);
      pen.dot({5.8F, 6.5F}, 0.9F);
      pen.dot({10.2F, 6.5F}, 0.9F);
      pen.arc({8, 8.4F}, 3, 0.15F, 0.85F);
      return;
    case Icon::code:
      pen.line({{5, 4}, {1.5F, 8}, {5, 12}});
      pen.line({{11, 4}, {14.5F, 8}, {11, 12}});
      return;
    case Icon::sign_out:
      pen.line({{7, 3}, {3, 3}, {3, 13}, {7, 13}});
      pen.line({{6.5F, 8}, {14, 8}});
      pen.line({{11, 5}, {14, 8}, {11, 11}});
      return;
    case Icon::keyboard:
      draw_keyboard(pen);
      return;
    case Icon::compass:
      draw_compass(pen);
      return;
    case Icon::shield:
      pen.line({{8, 1.8F}, {13.5F, 4}, {13, 9}, {8, 14.2F}, {3, 9}, {2.5F, 4}}, true);
      pen.line({{5.6F, 7.8F}, {7.4F, 9.6F}, {10.6F, 5.9F}});
      return;
    case Icon::dots:
      for (const float x : {3.5F, 8.0F, 12.5F}) pen.dot({x, 8}, 1.2F);
      return;
    case Icon::eye:
      pen.line({{1.5F, 8},
                {4.5F, 4.8F},
                {8, 3.8F},
                {11.5F, 4.8F},
                {14.5F, 8},
                {11.5F, 11.2F},
                {8, 12.2F},
                {4.5F, 11.2F}},
               true);
      pen.circle({8, 8}, 2);
      return;
    case Icon::trash:
      draw_trash(pen);
      return;
    case Icon::refresh:
      pen.arc({8, 8}, 5.2F, -0.3F, 1.3F);
      pen.area({{12.6F, 1.6F}, {13.2F, 6.2F}, {9, 4.6F}});
      return;
    case Icon::external:
      pen.line({{9, 2.5F}, {13.5F, 2.5F}, {13.5F, 7}});
      pen.line({{13.5F, 2.5F}, {7.5F, 8.5F}});
      pen.line({{11.5F, 9.5F}, {11.5F, 13.5F}, {2.5F, 13.5F}, {2.5F, 4.5F}, {6.5F, 4.5F}});
      return;
    case Icon::pin:
      pen.line({{5, 2}, {11, 2}});
      pen.line({{6, 2}, {6, 6.5F}, {3.5F, 9.5F}, {12.5F, 9.5F}, {10, 6.5F}, {10, 2}});
      pen.line({{8, 9.5F}, {8, 14.5F}});
      return;
    case Icon::clip:
      pen.arc({9.5F, 5}, 2.5F, 1, 2);
      pen.line({{12, 5}, {12, 10.5F}});
      pen.arc({8.5F, 10.5F}, 3.5F, 0, 1);
      pen.line({{5, 10.5F}, {5, 6}});
      pen.line({{7, 5}, {7, 10.5F}});
      return;
    case Icon::file:
      pen.line({{4, 2}, {9.5F, 2}, {12.5F, 5}, {12.5F, 14}, {4, 14}}, true);
      pen.line({{9.5F, 2}, {9.5F, 5}, {12.5F, 5}});
      return;
    case Icon::folder:
      pen.line({{2, 4}, {6.5F, 4}, {8, 5.8F}, {14, 5.8F}, {14, 13}, {2, 13}}, true);
      return;
    case Icon::save:
      pen.line({{8, 2}, {8, 10}});
      pen.line({{4.5F, 6.8F}, {8, 10.3F}, {11.5F, 6.8F}});
      pen.line({{2.5F, 11.5F}, {2.5F, 13.8F}, {13.5F, 13.8F}, {13.5F, 11.5F}});
      return;
    case Icon::play:
      pen.line({{5, 3}, {12.5F, 8}, {5, 13}}, true);
      return;
    case Icon::pause:
      pen.line({{5.5F, 3.5F}, {5.5F, 12.5F}});
      pen.line({{10.5F, 3.5F}, {10.5F, 12.5F}});
      return;
  }
}

}  // namespace

void draw_icon(FrameContext& f, Icon icon, float centre_x, float centre_y, float size, Colour colour) {
  const float unit = size / 16;
  const float thickness = std::max(1.2F, 1.35F * f.scale * size / f.px(16));
  draw_strokes(Pen{{centre_x - size / 2, centre_y - size / 2}, unit, colour, thickness}, icon);
}

}  // namespace wardroom::ui
