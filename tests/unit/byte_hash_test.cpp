#include "sim/base/byte_hash.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace chokepoint;

TEST_CASE("byte hash: values are those of XXH3 with seed 0, on every platform", "[unit][hash]") {
  // The first from the specification of XXH3 (no bytes); the other as libxxhash 0.8.1 gives it.
  CHECK(ByteHash().value() == 0x2d06800538d394c2ULL);
  ByteHash abc;
  abc.add("abc", 3);
  CHECK(abc.value() == 0x78af5f94892f3950ULL);
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
