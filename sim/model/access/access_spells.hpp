/// The spells of denial of a run: who could not use which model, why, from when to when.
///
/// Every day's access tensor is compared with the day before; a cell whose reason changes ends one spell and
/// begins another. What holds at T0 (terms, law) begins on `since_t0`, the day before the first. A model that
/// is not out denies nobody: `unreleased` makes no spell. A day without change costs one comparison of bytes.
/// Spells are in the order of their beginning, within a day in the order of the tensor's cells.
/// Tests: tests/unit/access_spells_test.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

/// One reason for which one group of users could not use a model, over consecutive trading days.
struct AccessSpell {
  std::size_t model = 0;  ///< index into Facts::models
  UserCell user;
  Denial reason{};
  std::int32_t first_day = 0;    ///< trading day of the run, or `since_t0`
  std::int32_t last_day = open;  ///< last day of denial, or `open`

  static constexpr std::int32_t since_t0 = -1;
  static constexpr std::int32_t open = std::numeric_limits<std::int32_t>::max();
};

class AccessSpells {
 public:
  AccessSpells() = default;
  explicit AccessSpells(const AccessTensor& at_t0) : yesterday_(at_t0.models()) {
    record(AccessSpell::since_t0, at_t0);
  }

  /// To be called with days in ascending order; days left out count as days without change.
  void record(std::int32_t day, const AccessTensor& today);
  const std::vector<AccessSpell>& all() const { return spells_; }

 private:
  AccessTensor yesterday_;
  std::vector<AccessSpell> spells_;
  std::vector<std::size_t> open_spell_;  ///< by cell, index into spells_; npos where there is none
};

}  // namespace chokepoint
