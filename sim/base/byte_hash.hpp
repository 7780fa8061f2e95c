/// A 64-bit hash of bytes in a written order: XXH3 of libxxhash with seed 0, whose value is the same on every
/// platform and with every instruction set. For comparing states of runs, not for security.
/// Tests: tests/unit/byte_hash_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace chokepoint {

class ByteHash {
 public:
  ByteHash();
  ~ByteHash();
  ByteHash(const ByteHash&) = delete;
  ByteHash& operator=(const ByteHash&) = delete;

  /// `data` may be null when there are no bytes.
  void add(const void* data, std::size_t bytes);
  void add(std::uint64_t word) { add(&word, sizeof word); }
  /// Of all that was added so far; more may follow.
  std::uint64_t value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chokepoint
