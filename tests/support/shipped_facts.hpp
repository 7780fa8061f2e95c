/// The tables of the checkout as known at the close of 12 June 2026, read once in a program.
#pragma once

#include "sim/input/facts_loader.hpp"

namespace chokepoint {

inline const Facts& shipped_facts() {
  static const Facts loaded = [] {
    Problems problems;
    Facts all = load_facts(CHOKEPOINT_SOURCE_DIR "/data", "", make_date(2026, 6, 12), problems);
    problems.throw_if_any();
    return all;
  }();
  return loaded;
}

}  // namespace chokepoint
