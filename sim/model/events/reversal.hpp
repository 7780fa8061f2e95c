/// A measure ends. Unknown to every agent before it is announced.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct Reversal {
  static constexpr std::string_view name = "reversal";
  static constexpr std::string_view meaning = "ends an earlier measure";
  static constexpr bool is_measure = false;

  std::string measure;

  template <class Keys>
  void keys(Keys& k) {
    k.required("measure", measure, "id of the event or measure that ends");
  }
  void check(const Facts&, const Announcement&, EventProblems&) const {}
};

}  // namespace chokepoint
