/// Members of an aggregate as a tuple of references, so that a test can go through all of them without a list
/// that somebody would have to keep.
#pragma once

#include <cstddef>
#include <tuple>

namespace chokepoint {

namespace detail {
/// Converts to whatever a member is.
struct Anything {
  template <class T>
  constexpr operator T() const;
};
template <class T, class... Given>
constexpr std::size_t count_members() {
  if constexpr (requires { T{Given{}..., Anything{}}; }) {
    return count_members<T, Given..., Anything>();
  } else {
    return sizeof...(Given);
  }
}
}  // namespace detail

/// Members of an aggregate; members of type std::optional end the count (they take anything twice).
template <class T>
inline constexpr std::size_t member_count = detail::count_members<T>();

/// The case of an aggregate of so many members: a structured binding takes exactly as many names.
#define CHOKEPOINT_MEMBERS(number, ...) \
  if constexpr (count == number) {      \
    auto& [__VA_ARGS__] = object;       \
    return std::tie(__VA_ARGS__);       \
  }

/// Up to 20 members.
template <class T>
auto members_of(T& object) {
  constexpr std::size_t count = member_count<T>;
  static_assert(count >= 1 && count <= 20);
  CHOKEPOINT_MEMBERS(1, m1);
  CHOKEPOINT_MEMBERS(2, m1, m2);
  CHOKEPOINT_MEMBERS(3, m1, m2, m3);
  CHOKEPOINT_MEMBERS(4, m1, m2, m3, m4);
  CHOKEPOINT_MEMBERS(5, m1, m2, m3, m4, m5);
  CHOKEPOINT_MEMBERS(6, m1, m2, m3, m4, m5, m6);
  CHOKEPOINT_MEMBERS(7, m1, m2, m3, m4, m5, m6, m7);
  CHOKEPOINT_MEMBERS(8, m1, m2, m3, m4, m5, m6, m7, m8);
  CHOKEPOINT_MEMBERS(9, m1, m2, m3, m4, m5, m6, m7, m8, m9);
  CHOKEPOINT_MEMBERS(10, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10);
  CHOKEPOINT_MEMBERS(11, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11);
  CHOKEPOINT_MEMBERS(12, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12);
  CHOKEPOINT_MEMBERS(13, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13);
  CHOKEPOINT_MEMBERS(14, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14);
  CHOKEPOINT_MEMBERS(15, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15);
  CHOKEPOINT_MEMBERS(16, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16);
  CHOKEPOINT_MEMBERS(17, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17);
  CHOKEPOINT_MEMBERS(18, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18);
  CHOKEPOINT_MEMBERS(19, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18,
                     m19);
  CHOKEPOINT_MEMBERS(20, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
                     m20);
}

#undef CHOKEPOINT_MEMBERS

}  // namespace chokepoint
