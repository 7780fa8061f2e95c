#include "sim/base/byte_hash.hpp"

#include <xxhash.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>  // twice as fast where the CPU has wide vectors, the same values
#endif

#include <new>

namespace chokepoint {

struct ByteHash::State {
  XXH3_state_t* hash = XXH3_createState();
  State() {
    if (hash == nullptr) throw std::bad_alloc();
  }
  ~State() { XXH3_freeState(hash); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

ByteHash::ByteHash() : state_(std::make_unique<State>()) { XXH3_64bits_reset(state_->hash); }
ByteHash::~ByteHash() = default;

void ByteHash::add(const void* data, std::size_t bytes) {
  if (bytes > 0) XXH3_64bits_update(state_->hash, data, bytes);
}

std::uint64_t ByteHash::value() const { return XXH3_64bits_digest(state_->hash); }

}  // namespace chokepoint
