/// Preconditions a user can never break. They are on in every preset but `release`.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace chokepoint {
[[noreturn]] inline void broken_expectation(const char* text, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken expectation: %s\n", file, line, text);
  std::abort();
}
}  // namespace chokepoint

#ifdef CHOKEPOINT_CHECKS
#define CHOKEPOINT_EXPECT(condition) \
  ((condition) ? void() : ::chokepoint::broken_expectation(#condition, __FILE__, __LINE__))
#else
#define CHOKEPOINT_EXPECT(condition) ((void)sizeof(condition))
#endif
