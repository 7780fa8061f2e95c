#include "sim/base/byte_hash.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <map>
#include <string>

using namespace chokepoint;

namespace {

/// Bytes that the published values of XXH3 are of: xxHash, tests/sanity_test.c.
std::string sanity_bytes(std::size_t count) {
  std::string bytes;
  std::uint64_t state = 2654435761U;
  for (std::size_t i = 0; i < count; ++i) {
    bytes.push_back(static_cast<char>(state >> 56));
    state *= 11400714785074694797U;
  }
  return bytes;
}

}  // namespace

TEST_CASE("byte hash: values are those of XXH3 with seed 0, on every platform", "[unit][hash]") {
  // One of each way that XXH3 goes by length: xxHash 0.8.2, tests/sanity_test_vectors.h.
  const std::map<std::size_t, std::uint64_t> published{
      {0, 0x2d06800538d394c2U},   {1, 0xc44bdff4074eecdbU},  {6, 0x27b56a84cd2d7325U},
      {12, 0xa713daf0dfbb77e7U},  {24, 0xa3fe70bf9d3510ebU}, {80, 0xbcdefbbb2c47c90aU},
      {195, 0xcd94217ee362ec3aU}, {512, 0x617e49599013cb6bU}};
  for (const auto& [count, expected] : published) {
    CAPTURE(count);
    ByteHash hash;
    hash.add(sanity_bytes(count).data(), count);
    CHECK(hash.value() == expected);
  }
}

TEST_CASE("byte hash: pieces are hashed like the whole, and every byte counts", "[unit][hash]") {
  std::string text(5000, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * i % 251);
  ByteHash whole;
  whole.add(text.data(), text.size());
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{300}, text.size()}) {
    ByteHash pieces;
    pieces.add(text.data(), cut);
    pieces.add(text.data() + cut, text.size() - cut);
    CHECK(pieces.value() == whole.value());
  }
  for (const std::size_t at : {std::size_t{0}, std::size_t{2499}, text.size() - 1}) {
    std::string other = text;
    other[at] = static_cast<char>(other[at] ^ 1);
    ByteHash hash;
    hash.add(other.data(), other.size());
    CHECK(hash.value() != whole.value());
  }
}
