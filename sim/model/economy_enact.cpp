#include "sim/model/economy_enact.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {
namespace {

/// What one piece of news changes; each kind has an overload.
struct Enactment {
  const EconomyDay& today;
  Economy& economy;

  void operator()(const OrderTakesHold& news) const {
    end(news.order.measure);
    economy.orders.push_back(news.order);
    if (news.order.government == Region::us) note(ControlKind::us_model_access);
  }
  void operator()(const OrderEnds& news) const {
    end(news.measure);
    lift(news.measure, economy.law);
  }
  void operator()(const ModelComesOut& news) const { release(today.facts, news.model, economy.capability); }
  void operator()(const VendorRemoved& news) const {
    ban_vendor(today.facts, today.setup.enterprises.products, news.enterprise, news.vendor, news.region,
               news.for_terms, economy.enterprises);
    economy.offers_changed = true;
  }
  void operator()(const ChipRuleTakesHold& news) const {
    for (const std::string& measure : news.replaces) lift(measure, economy.law);
    lift(news.rule.measure, economy.law);
    if (!news.repeals) enact(news.rule, economy.law);
    if (!(news.bite > 0.0)) return;
    if (!economy.compute.stock.empty()) learn_chip_hazard(today.params.compute, news.bite, economy.compute);
    note(ControlKind::us_chips, news.bite);
  }
  void operator()(const LevelInForce& news) const {
    const double before = level_of(economy.law, news.kind);
    enact(news, economy.law);
    if (news.kind != LevelKind::counter_control || news.level <= before) return;
    note(ControlKind::cn_counter_control, news.level);
  }
  void operator()(const ExitControl& news) const {
    const double before = barred_from_leaving_china();
    enact(news, economy.law);
    if (barred_from_leaving_china() > before) note(ControlKind::cn_exit_control, news.barred);
  }
  void operator()(const OpenWeightsChanges& news) const {
    enact(news, economy.law);
    if (news.government == Region::us) note(ControlKind::us_open_weights);
  }
  void operator()(const BridgeMeasure& news) const { begin_measure(news, economy.bridge); }
  void operator()(const EntryRule& news) const { enact(news, economy.law); }
  void operator()(const TalentScheme& news) const { enact(news, economy.law); }
  void operator()(const PolicingChanges& news) const { enact(news, economy.law); }

 private:
  void end(const std::string& measure) const {
    std::erase_if(economy.orders, [&](const PersonOrder& order) { return order.measure == measure; });
  }
  /// The widest of the controls of exit that are in force.
  double barred_from_leaving_china() const {
    double barred = 0.0;
    for (const ExitControl& rule : economy.law.talent.exit) {
      if (rule.place == Region::cn) barred = std::max(barred, rule.barred);
    }
    return barred;
  }
  /// A dated control is an action of its government, whatever the regulator's own level; it ends when an
  /// event says so, not by that level.
  void note(ControlKind kind, double level = 1.0) const {
    double& own = economy.regulators.level[index(kind)];
    const double kept = std::exchange(own, 0.0);
    note_dated(kind, level, economy.regulators);
    own = kept;
  }
};

}  // namespace

void enact(const EconomyDay& today, const std::vector<EconomyNews>& news, Economy& economy) {
  for (const EconomyNews& one : news) {
    if (one.day == today.day) std::visit(Enactment{today, economy}, one.what);
  }
}

}  // namespace chokepoint
