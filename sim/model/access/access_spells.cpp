#include "sim/model/access/access_spells.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t no_spell = static_cast<std::size_t>(-1);

bool denies_somebody(Denial reason) { return reason != Denial::none && reason != Denial::unreleased; }

}  // namespace

void AccessSpells::record(std::int32_t day, const AccessTensor& today) {
  CHOKEPOINT_EXPECT(today.models() == yesterday_.models());
  if (today == yesterday_) return;
  open_spell_.resize(today.cells().size(), no_spell);
  for (std::size_t i = 0; i < today.cells().size(); ++i) {
    const Denial reason = today.cells()[i];
    if (reason == yesterday_.cells()[i]) continue;
    if (open_spell_[i] != no_spell) spells_[open_spell_[i]].last_day = day - 1;
    open_spell_[i] = no_spell;
    if (!denies_somebody(reason)) continue;
    open_spell_[i] = spells_.size();
    spells_.push_back({i / user_cell_count, user_cell(i % user_cell_count), reason, day});
  }
  yesterday_ = today;
}

}  // namespace chokepoint
