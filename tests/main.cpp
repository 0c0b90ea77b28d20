#define CATCH_CONFIG_MAIN
#include <cstdio>

#include <catch2/catch.hpp>

namespace {

// The cases of a program share its process, and a crash ends them all: each says its name before it runs, so
// that the last name is the one to look at.
class CaseNames : public Catch::TestEventListenerBase {
 public:
  using TestEventListenerBase::TestEventListenerBase;

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    std::printf("%s\n", info.name.c_str());
    std::fflush(stdout);
  }
};
CATCH_REGISTER_LISTENER(CaseNames)

}  // namespace
