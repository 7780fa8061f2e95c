/// A vector whose first element lies on a cache line, so that rows of a multiple of eight doubles do too.
///
/// It changes no number: it only spares the inner loops loads that straddle two cache lines.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace chokepoint {

template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t line{64};

  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), line)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, line); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};

template <class T>
using LaneVector = std::vector<T, CacheLineAllocator<T>>;

}  // namespace chokepoint
