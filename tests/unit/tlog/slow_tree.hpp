#pragma once

#include <vector>

#include "common/base/bytes.hpp"

// RFC 6962 section 2.1 once more, written straight from its text and without the code under test.
namespace wardroom::slow {

inline Digest hash_leaf(std::span<const std::byte> d) {
  Bytes bytes{std::byte{0}};
  bytes.insert(bytes.end(), d.begin(), d.end());
  return sha256(bytes);
}

inline Digest hash_children(const Digest& left, const Digest& right) {
  Bytes bytes{std::byte{1}};
  bytes.insert(bytes.end(), left.begin(), left.end());
  bytes.insert(bytes.end(), right.begin(), right.end());
  return sha256(bytes);
}

// "Let k be the largest power of two smaller than n."
inline std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

using Leaves = std::vector<Digest>;

inline Digest mth(const Leaves& d, std::size_t begin, std::size_t end) {
  if (begin == end) return sha256(Bytes{});
  if (end - begin == 1) return d[begin];
  const std::size_t k = largest_power_below(end - begin);
  return hash_children(mth(d, begin, begin + k), mth(d, begin + k, end));
}

// PATH(m, D[n]), nearest sibling first.
inline std::vector<Digest> path(std::size_t m, const Leaves& d, std::size_t begin, std::size_t end) {
  const std::size_t n = end - begin;
  if (n == 1) return {};
  const std::size_t k = largest_power_below(n);
  if (m < k) {
    auto p = path(m, d, begin, begin + k);
    p.push_back(mth(d, begin + k, end));
    return p;
  }
  auto p = path(m - k, d, begin + k, end);
  p.push_back(mth(d, begin, begin + k));
  return p;
}

// SUBPROOF(m, D[n], b)
inline std::vector<Digest> subproof(std::size_t m, const Leaves& d, std::size_t begin, std::size_t end,
                                    bool b) {
  const std::size_t n = end - begin;
  if (m == n) return b ? std::vector<Digest>{} : std::vector<Digest>{mth(d, begin, end)};
  const std::size_t k = largest_power_below(n);
  if (m <= k) {
    auto p = subproof(m, d, begin, begin + k, b);
    p.push_back(mth(d, begin + k, end));
    return p;
  }
  auto p = subproof(m - k, d, begin + k, end, false);
  p.push_back(mth(d, begin, begin + k));
  return p;
}

}  // namespace wardroom::slow
