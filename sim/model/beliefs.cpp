#include "sim/model/beliefs.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

constexpr std::array<double, channel_count> signs{-1, -1, -1, +1, -1, +1, -1, +1, -1};

double force_weight(const BeliefParams& params, Force force) {
  switch (force) {
    case Force::binding:
      return 1.0;
    case Force::licence_required:
      return params.licence_force;
    case Force::list_without_legal_force:
      return params.list_force;
    case Force::proposal:
      return params.proposal_force;
    case Force::reversed:
      return 0.0;
  }
  return 0.0;
}

Bite in_force(Bite bite) {
  bite.force = Force::binding;
  return bite;
}

/// A share of a change that is proposed or reported is believed already.
double part_way(double last, double share, double described) { return last + share * (described - last); }

/// Bite of a touch after an event; a proposal moves it part of the way to what is proposed.
double bite_after(const BeliefParams& params, const Bite& bite, double level, double last) {
  if (bite.force != Force::proposal) return believed_bite(params, bite) * level;
  return part_way(last, params.proposal_force, believed_bite(params, in_force(bite)) * level);
}

/// Bite of a touch that earlier reports had already put into beliefs.
double expected_bite(const BeliefParams& params, const Announcement& said, double level, double last) {
  if (!said.feared || said.prior == Prior::none) return last;
  const double share = said.prior == Prior::expected ? params.expected_share : params.rumoured_share;
  return part_way(last, share, bite_after(params, *said.feared, level, last));
}

double clamp(double x, double low, double high) { return std::min(high, std::max(low, x)); }

/// Daily residual volatility of an entity relative to the reference, to the power g.
double volatility_factor(const BeliefParams& params, const NoiseParams& noise, const Facts& facts,
                         const std::string& entity) {
  const std::size_t firm = facts.firm(entity);
  for (const Line& line : facts.lines) {
    if (firm == Facts::npos || line.firm != firm) continue;
    const double sd = noise.daily_sd[index(line.line_class)];
    return power(clamp(sd / params.reference_sd, 0.5, 3.0), params.volatility_scaling);
  }
  return 1.0;  // composites and private firms
}

void add_betas(FieldList& list, BeliefParams& p) {
  struct Prior5to95 {
    double low, high;
  };
  constexpr std::array<Prior5to95, channel_count> range{{{.05, .25},
                                                         {.25, .90},
                                                         {.02, .20},
                                                         {.06, .40},
                                                         {.05, .30},
                                                         {.03, .25},
                                                         {.03, .25},
                                                         {.05, .30},
                                                         {.05, .35}}};
  for (std::size_t c = 0; c < channel_count; ++c) {
    list.add("beliefs.beta." + std::string(channel_names[c]), p.beta[c], "log points", 0, 2,
             "assumption: prior median, 5-95 % " + std::to_string(range[c].low).substr(0, 4) + "-" +
                 std::to_string(range[c].high).substr(0, 4) + "; posterior in data/calibration",
             "change of log value per unit of exposure and surprise");
  }
}

}  // namespace

void BeliefParams::fields(FieldList& list, BeliefParams& p) {
  add_betas(list, p);
  list.add("beliefs.volatility_scaling", p.volatility_scaling, "-", 0, 1, "assumption: prior median, 0-1",
           "g: power of the firm's relative volatility");
  list.add("beliefs.reference_sd", p.reference_sd, "share/day", 0.005, 0.1, "assumption",
           "sigma_0: volatility at which the factor is one");
  list.add("beliefs.licence_force", p.licence_force, "-", 0, 1, "assumption: prior median, .4-.95",
           "phi_lic");
  list.add("beliefs.list_force", p.list_force, "-", 0, 1, "assumption: prior median, .05-.5", "phi_list");
  list.add("beliefs.proposal_force", p.proposal_force, "-", 0, 1, "assumption: prior median, .2-.7",
           "phi_prop");
  list.add("beliefs.rumoured_share", p.rumoured_share, "-", 0, 1, "assumption: prior median, .1-.5",
           "pi: share of a rumoured bite already believed");
  list.add("beliefs.expected_share", p.expected_share, "-", 0, 1, "assumption",
           "pi: share of an expected bite already believed");
  list.add("beliefs.gain.fund", p.gain_fund, "share", 0, 1, "assumption: prior median, .5-1",
           "G_f: share of news a fund takes at once");
  list.add("beliefs.gain.sovereign", p.gain_sovereign, "share", 0, 1, "assumption",
           "share of news a sovereign investor takes at once");
  list.add("beliefs.gain.retail", p.gain_retail, "share", 0, 1, "assumption",
           "G_r: share of news retail and momentum investors take at once");
  list.add("beliefs.catch_up", p.catch_up, "1/day", 0, 1, "assumption",
           "share of the gap learnt each later day");
}

double BeliefParams::gain(InvestorType type) const {
  switch (type) {
    case InvestorType::passive:
      return 0.0;
    case InvestorType::fund:
      return gain_fund;
    case InvestorType::arbitrageur:
      return 1.0;
    case InvestorType::momentum:
      return gain_retail;
    case InvestorType::retail:
      return gain_retail;
    case InvestorType::sovereign:
      return gain_sovereign;
  }
  return 0.0;
}

double believed_bite(const BeliefParams& params, const Bite& bite) {
  double lasting = 1.0;
  if (bite.duration_days) {
    const double years = *bite.duration_days / 365.25;
    lasting = (1.0 - exponential(-0.05 * years)) / (1.0 - exponential(-0.2));
    lasting = std::min(1.0, lasting);
  }
  return force_weight(params, bite.force) * bite.level * lasting;
}

std::vector<double> MeasureChains::announce(const BeliefParams& params, const std::string& measure,
                                            const Announcement& announcement,
                                            const std::vector<Touch>& touches) {
  std::vector<Link>& chain = chains_[measure];
  std::vector<double> surprise;
  for (const Touch& touch : touches) {
    const auto same = std::find_if(chain.begin(), chain.end(), [&](const Link& link) {
      return link.touch.entity == touch.entity && link.touch.channel == touch.channel &&
             link.touch.counterpart == touch.counterpart;
    });
    double last = announcement.before ? believed_bite(params, *announcement.before) * touch.level : 0.0;
    if (same != chain.end()) last = same->bite;
    const double bite = bite_after(params, announcement.bite, touch.level, last);
    surprise.push_back(bite - expected_bite(params, announcement, touch.level, last));
    if (same == chain.end()) {
      chain.push_back({touch, bite});
    } else {
      same->bite = bite;
    }
  }
  return surprise;
}

std::vector<double> MeasureChains::reverse(const std::string& measure, std::vector<Touch>& touches) {
  touches.clear();
  std::vector<double> surprise;
  const auto chain = chains_.find(measure);
  if (chain == chains_.end()) return surprise;
  for (Link& link : chain->second) {
    touches.push_back(link.touch);
    surprise.push_back(-link.bite);
    link.bite = 0.0;
  }
  return surprise;
}

std::vector<ValueChange> value_changes(const BeliefParams& params, const NoiseParams& noise,
                                       const Facts& facts, const std::vector<Touch>& touches,
                                       std::span<const double> surprise) {
  std::map<std::string, ValueChange> changes;
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const Touch& touch = touches[i];
    const std::size_t c = index(touch.channel);
    ValueChange& change = changes[touch.entity];
    change.entity = touch.entity;
    change.by_channel[c] += signs[c] * params.beta[c] * touch.exposure * surprise[i] *
                            volatility_factor(params, noise, facts, touch.entity);
  }
  for (const Stake& stake : facts.stakes) {
    const Firm& owned = facts.firms[stake.private_firm];
    const auto source = changes.find(owned.id);
    if (source == changes.end() || owned.mark_bn_usd == 0.0) continue;
    double cap = 0.0;
    for (const Line& line : facts.lines) cap += line.firm == stake.holder ? line.cap_bn_usd() : 0.0;
    if (!(cap > 0.0)) continue;
    const double mark_change = source->second.total();
    ValueChange& change = changes[facts.firms[stake.holder].id];
    change.entity = facts.firms[stake.holder].id;
    change.by_stakes += stake.share * owned.mark_bn_usd / cap * clamp(mark_change, -1.0, 1.0);
  }
  std::vector<ValueChange> result;
  for (auto& [entity, change] : changes) result.push_back(change);
  return result;
}

void catch_up_values(const BeliefParams& params, std::span<const double> full, std::span<double> value) {
  for (std::size_t k = 0; k < full.size(); ++k) {
    for (std::size_t g = 0; g < class_count; ++g) {
      if (type_of_class(g) == InvestorType::passive) continue;
      double& v = value[k * class_count + g];
      v += params.catch_up * (full[k] - v);
    }
  }
}

}  // namespace chokepoint
