#pragma once

#include <string>
#include <vector>

namespace wardroom::admin {

struct AlarmCard {
  bool urgent = false;
  std::string text;  // what is wrong, and what to do
};

// A number now, with quiet words below it.
struct FigureTile {
  std::string label;  // "People online"
  std::string value;  // "214"
  std::string detail;
};

// How a number went while the console was open.
struct PlotProps {
  std::string title;          // "Changes a second"
  std::string value;          // now
  std::string top;            // what the upper edge stands for
  std::vector<float> points;  // of the upper edge, oldest first; fewer than two: nothing to draw yet
};

struct OverviewProps {
  bool loading = false;
  std::string error;
  std::string badge;  // how many alarms there are; empty: none
  std::vector<AlarmCard> alarms;
  std::vector<FigureTile> tiles;
  std::vector<PlotProps> plots;
  std::string since;  // "since 09:14"
};

}  // namespace wardroom::admin
