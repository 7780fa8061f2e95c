#include "sim/model/talent/lock_out.hpp"

#include <algorithm>

namespace chokepoint {

std::vector<std::size_t> quit_locked_out(Talent& talent, const TalentParams& params,
                                         std::span<const char> locked_out, const RandomStream& random,
                                         std::uint16_t week) {
  std::vector<std::size_t> quitters;
  const double chance = params.weekly_quit();
  const bool anybody = std::any_of(locked_out.begin(), locked_out.end(), [](char out) { return out != 0; });
  if (!(chance > 0) || !anybody) return quitters;
  for (std::size_t i = 0; i < talent.size(); ++i) {
    const std::uint8_t vendor = talent.employer[i];
    if (vendor == no_vendor || !locked_out[vendor * nationality_count + talent.nationality[i]]) continue;
    if (random.uniform(Decision::talent_quit, static_cast<std::uint32_t>(i), week) >= chance) continue;
    talent.quits[vendor][talent.nationality[i]] += talent.persons[i];
    employ(talent, i, no_vendor);
    quitters.push_back(i);
  }
  return quitters;
}

PersonsByNationality locked_out_persons(const Talent& talent, std::span<const char> locked_out,
                                        std::size_t vendor) {
  PersonsByNationality persons{};
  for (std::size_t o = 0; o < nationality_count; ++o) {
    persons[o] = locked_out[vendor * nationality_count + o] ? talent.staff[vendor][o] : 0;
  }
  return persons;
}

double productive_share(const Talent& talent, const TalentParams& params, std::span<const char> locked_out,
                        std::size_t vendor) {
  const PersonsByNationality out = locked_out_persons(talent, locked_out, vendor);
  std::int64_t all = 0;
  std::int64_t hampered = 0;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    all += talent.staff[vendor][o];
    hampered += out[o];
  }
  if (all == 0) return 1;
  return 1.0 - params.lock_out_productivity_loss * static_cast<double>(hampered) / static_cast<double>(all);
}

}  // namespace chokepoint
