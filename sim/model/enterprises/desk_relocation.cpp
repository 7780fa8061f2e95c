#include "sim/model/enterprises/desk_relocation.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

using ByRegion = std::array<double, region_count>;
using Whole = std::array<std::int64_t, region_count>;
using Moved = std::array<std::array<std::int64_t, region_count>, region_count>;

constexpr double months_per_year = 12.0;

/// Shares of what is in region `from` that leave for each region in `months`.
ByRegion shares_leaving(const RelocationParams& params, const ByRegion& output,
                        std::span<const double, region_count> policy, std::size_t from, double months) {
  ByRegion share{};
  double sum = 0.0;
  for (std::size_t to = 0; to < region_count; ++to) {
    if (to == from) continue;
    const double gain = output[to] - output[from] + policy[to] - policy[from] - params.moving_cost;
    if (!(gain > 0.0)) continue;
    share[to] = params.relocation_sensitivity / months_per_year * months * gain;
    sum += share[to];
  }
  if (sum > 1.0) {
    for (double& s : share) s /= sum;
  }
  return share;
}

/// Moves `follows` x share of what is in `from`, in whole units. `here` is the stock before any of the
/// month's moves: nothing moves twice in a month.
void move(std::int64_t here, const ByRegion& share, double follows, std::size_t from, Whole& stock,
          ByRegion& due, Moved& moved) {
  std::int64_t left = here;
  for (std::size_t to = 0; to < region_count; ++to) {
    if (!(share[to] > 0.0)) continue;
    const double wanted = static_cast<double>(here) * share[to] * follows + due[to];
    const auto whole = static_cast<std::int64_t>(wanted);
    due[to] = wanted - static_cast<double>(whole);
    const std::int64_t goes = whole < left ? whole : left;
    left -= goes;
    stock[from] -= goes;
    stock[to] += goes;
    moved[from][to] += goes;
  }
}

}  // namespace

void RelocationParams::fields(FieldList& list, RelocationParams& p) {
  list.add("desk.relocation_sensitivity", p.relocation_sensitivity, "1/year per log point", 0, 50,
           "assumption: no response of desks to models has been measured; 0 switches off",
           "share of a desk that leaves within a year for a region per log point of advantage there");
  list.add("desk.moving_cost", p.moving_cost, "log points", 0, 1,
           "assumption: an advantage of .2 % of output moves nobody",
           "advantage in output that staff must find elsewhere before any of it moves");
  list.add("desk.capital_follows", p.capital_follows, "-", 0, 1,
           "assumption: 0-1; clients' money may stay when a banker leaves",
           "share of booked capital that leaves per share of staff that leaves");
  list.add("desk.capital_per_staff", p.capital_per_staff, "mn USD/person", 0, 200,
           "assumption: 1-83; 10.4 tn HKD of private banking (https://www.chinadailyasia.com/article/617858) "
           "over 86,479 staff of named desks is 15; 83 is all managed money over those who manage it",
           "capital booked per member of staff of a named desk at T0");
}

Desks initial_desks(const RelocationParams& params, const Facts& facts) {
  constexpr double million = 1e6;
  Desks desks;
  for (const BankDesk& desk : facts.bank_desks) {
    Whole staff{}, capital{};
    staff[index(desk.region)] = desk.staff;
    capital[index(desk.region)] =
        static_cast<std::int64_t>(static_cast<double>(desk.staff) * params.capital_per_staff * million + 0.5);
    desks.staff.push_back(staff);
    desks.capital.push_back(capital);
  }
  desks.due_staff.resize(desks.staff.size());
  desks.due_capital.resize(desks.staff.size());
  return desks;
}

void relocate_desks(const RelocationParams& params, const Facts& facts,
                    std::span<const std::array<double, region_count>> output,
                    std::span<const double, region_count> policy, double months, Desks& desks) {
  CHOKEPOINT_EXPECT(desks.staff.size() == facts.bank_desks.size() && output.size() == desks.staff.size());
  if (!(params.relocation_sensitivity > 0.0)) return;
  for (std::size_t d = 0; d < desks.staff.size(); ++d) {
    const Whole staff = desks.staff[d];
    const Whole capital = desks.capital[d];
    for (std::size_t from = 0; from < region_count; ++from) {
      const ByRegion share = shares_leaving(params, output[d], policy, from, months);
      move(staff[from], share, 1.0, from, desks.staff[d], desks.due_staff[d], desks.moved_staff);
      move(capital[from], share, params.capital_follows, from, desks.capital[d], desks.due_capital[d],
           desks.moved_capital);
    }
  }
}

}  // namespace chokepoint
