#include "sim/model/ownership_bans.hpp"

#include "sim/model/world.hpp"

namespace chokepoint {

bool barred(const World& world, std::size_t line, Region domicile) {
  for (const BanInForce& ban : world.bans) {
    if (ban.line == line && ban.barred[index(domicile)]) return true;
  }
  return false;
}

double active_float(const World& world, const Parameters& params, std::size_t line) {
  const double* holding = &world.holding_view[world.at(line, 0)];
  double total = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    if (barred(world, line, domicile_of_class(g))) continue;
    const ClassBlock& block = world.population.accounts.blocks[g];
    double held = 0.0;
    for (std::size_t i = block.begin; i < block.end; ++i) held += holding[i];
    total += params.session.participation[index(type_of_class(g))] * held;
  }
  return total;
}

std::vector<double> forced_sales(const World& world, const Parameters& params, std::size_t line,
                                 const ClearCount& clears) {
  std::vector<double> offer;
  for (const BanInForce& ban : world.bans) {
    if (ban.line != line) continue;
    offer.resize(world.accounts(), 0.0);
    const int days = world.day < ban.days_left.size() ? std::max(1, ban.days_left[world.day]) : 1;
    // Of what was held at the open, 1 / (days x clears) goes in each clear; `held` has lost `done` such
    // parts.
    const double parts = static_cast<double>(days) * clears.today - clears.done;
    for (std::size_t g = 0; g < class_count; ++g) {
      if (!ban.barred[index(domicile_of_class(g))]) continue;
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        const double held = world.holding_view[world.at(line, i)];
        offer[i] = std::max(offer[i], held / parts);
      }
    }
  }
  if (offer.empty()) return offer;
  double total = 0.0;
  for (const double shares : offer) total += shares;
  const double cap = params.ownership_bans.forced_share * active_float(world, params, line) / clears.session;
  if (total > cap && cap > 0.0) {
    for (double& shares : offer) shares *= cap / total;
  }
  return offer;
}

}  // namespace chokepoint
