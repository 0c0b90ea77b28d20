#include <cstdlib>

#include <catch2/catch.hpp>

TEST_CASE("a case that ends its program") {
  std::abort();
}
