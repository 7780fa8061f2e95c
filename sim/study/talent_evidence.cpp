#include "sim/study/talent_evidence.hpp"

#include "sim/model/talent/migration_predictions.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t us = index(Region::us);
constexpr std::size_t cn = index(Region::cn);
constexpr double small_raise = 1e-4;  ///< [log points]

/// Chances of the choice that b_w was derived from.
constexpr double chance_at_home = 0.97;
constexpr double chance_abroad = 0.05;

void add_work_shares(const std::string& known, const PlaceShares& shares, std::vector<ModelledFact>& facts) {
  const auto add = [&](const char* place, const char* observed, double share) {
    facts.push_back(
        {std::string("working in ") + place + ", 2022" + known, observed, Scale::share, share, "no"});
  };
  add("the US", "work_share_2022_us", shares[us]);
  add("China", "work_share_2022_cn", shares[cn]);
  add("the rest of the world", "work_share_2022_rest", 1.0 - shares[us] - shares[cn]);
}

double elasticity_of_choice(const TalentParams& params, double chance) {
  const double others = (1.0 - chance) / (region_count - 1);
  PlaceShares utility{};
  utility.fill(logarithm(others));
  utility[us] = logarithm(chance);
  utility[us] += params.wage_elasticity * small_raise;
  return (logarithm(choice_shares(utility, us, 0.0)[us]) - logarithm(chance)) / small_raise;
}

/// [share] of the steady stock of 2019 that is in the US and of one of the origins, at a raise of pay there.
double steady_in_us(const TalentFacts& facts, const TalentParams& params, const MigrationTastes& tastes,
                    bool americans, double raise) {
  double sum = 0.0;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    if ((o == index(Nationality::us)) != americans) continue;
    PlaceShares utility = tastes.pull[o];
    utility[us] += params.wage_elasticity * raise;
    const PlaceTransition week = weekly_transition(utility, tastes.move_cost, params.weekly_search());
    double origin = 0.0;
    for (const double share : facts.share_2019[o]) origin += share;
    sum += origin * steady_shares(week, facts.first_place_2019[o], params.weekly_renewal())[us];
  }
  return sum;
}

double elasticity_of_number(const TalentFacts& facts, const TalentParams& params,
                            const MigrationTastes& tastes, bool americans) {
  const double before = steady_in_us(facts, params, tastes, americans, 0.0);
  const double after = steady_in_us(facts, params, tastes, americans, small_raise);
  return (logarithm(after) - logarithm(before)) / small_raise;
}

}  // namespace

std::vector<ModelledFact> talent_evidence(const TalentFacts& facts, const TalentParams& params) {
  const MigrationTastes tastes = fit_tastes(facts.share_2019, facts.first_place_2019, params);
  std::vector<ModelledFact> rows;
  add_work_shares("", predicted_work_shares_2022(facts, facts.first_place_2019, params, tastes), rows);
  add_work_shares(", graduate places of 2022 known",
                  predicted_work_shares_2022(facts, facts.first_place, params, tastes), rows);
  rows.push_back({"Chinese origin in the US, still there after six years", "stay_six_years_cn_us",
                  Scale::share, predicted_stay(params, tastes, 6.0), "no"});
  rows.push_back({"Chinese origin in the US, still there after five years", "stay_five_years_cn_us",
                  Scale::share, predicted_stay(params, tastes, 5.0), "yes: cost of moving"});
  rows.push_back({"pay elasticity of a choice taken with chance .97 (home)", "wage_elasticity_domestic",
                  Scale::number, elasticity_of_choice(params, chance_at_home),
                  "yes: talent.wage_elasticity"});
  rows.push_back({"pay elasticity of a choice taken with chance .05 (abroad)", "wage_elasticity_foreign",
                  Scale::number, elasticity_of_choice(params, chance_abroad), "yes: talent.wage_elasticity"});
  rows.push_back({"pay elasticity of the number of Americans in the US", "wage_elasticity_domestic",
                  Scale::number, elasticity_of_number(facts, params, tastes, true), "no"});
  rows.push_back({"pay elasticity of the number of foreigners in the US", "wage_elasticity_foreign",
                  Scale::number, elasticity_of_number(facts, params, tastes, false), "no"});
  return rows;
}

}  // namespace chokepoint
