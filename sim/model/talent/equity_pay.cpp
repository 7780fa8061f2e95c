#include "sim/model/talent/equity_pay.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {

std::vector<double> equity_pay(const TalentParams& params, const Facts& facts, const Talent& talent,
                               std::span<const double> firm_value) {
  CHOKEPOINT_EXPECT(firm_value.size() == facts.vendors.size());
  CHOKEPOINT_EXPECT(talent.staff.size() == facts.vendors.size());
  std::vector<double> pay(region_count, 0.0);
  if (!(params.equity_share > 0)) return pay;
  std::array<double, region_count> staff{};
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    std::int64_t persons = 0;
    for (const std::int64_t n : talent.staff[v]) persons += n;
    if (persons == 0) continue;
    const std::size_t home = index(facts.vendors[v].home);
    staff[home] += static_cast<double>(persons);
    pay[home] += static_cast<double>(persons) * firm_value[v];
  }
  for (std::size_t l = 0; l < region_count; ++l) {
    pay[l] = staff[l] > 0 ? params.equity_share * pay[l] / staff[l] : 0.0;
  }
  return pay;
}

}  // namespace chokepoint
