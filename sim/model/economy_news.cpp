#include "sim/model/economy_news.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

std::size_t model_index(const Facts& facts, const std::string& id) {
  return static_cast<std::size_t>(facts.model(id) - facts.models.data());
}

bool binds(const Announcement& said) {
  return said.bite.force == Force::binding || said.bite.force == Force::licence_required;
}

/// The news of one event; each kind of instrument that changes the economy has an overload.
class Reader {
 public:
  Reader(const Facts& facts, const Calendar& calendar, const Announcement& said)
      : facts_(facts),
        calendar_(calendar),
        said_(said),
        day_(calendar.first_day_opening_after(facts, said.announced)) {
    if (said.effective) day_ = std::max(day_, calendar.first_day_from(*said.effective));
  }

  template <class What>
  std::vector<EconomyNews> operator()(const What&) const {
    return {};
  }

  std::vector<EconomyNews> operator()(const ModelAccessOrder& what) const {
    if (!binds(said_)) return {};
    PersonOrder order;
    order.measure = said_.chain();
    order.government = government_of(said_.actor);
    for (const auto& id : what.models) order.models.push_back(model_index(facts_, id));
    for (const auto& id : what.permitted_nationalities) {
      order.permitted[index(*parse_enum<Nationality>(id, nationality_names))] = true;
    }
    order.duration_days = said_.bite.duration_days;
    order.first_day = day_;
    order.since = takes_hold_on(said_);
    order.notice_days = static_cast<double>(order.since - announced_on(said_));
    return {{day_, OrderTakesHold{std::move(order)}}};
  }

  std::vector<EconomyNews> operator()(const Reversal& what) const {
    return {{day_, OrderEnds{what.measure}}};
  }

  std::vector<EconomyNews> operator()(const OpenRelease& what) const {
    const std::size_t out = what.weights ? calendar_.first_day_from(*what.weights) : day_;
    return come_out(what.models, std::max(day_, out));
  }

  std::vector<EconomyNews> operator()(const ModelRelease& what) const { return come_out(what.models, day_); }

  std::vector<EconomyNews> operator()(const EnterpriseBan& what) const {
    return {{day_, VendorRemoved{said_.actor_firm(), facts_.vendor(what.vendor),
                                 region(what.staff_region.value), what.basis.value == "vendor_terms"}}};
  }

  std::vector<EconomyNews> operator()(const ChipControl& what) const {
    if (!binds(said_)) return {};
    const bool tightens = what.direction.value == "tighten";
    return {
        {day_, ChipRuleTakesHold{what.rule(facts_, said_.chain(), government_of(said_.actor)), what.replaces,
                                 !tightens && what.covers_nothing(), tightens ? said_.bite.level : 0.0}}};
  }

  std::vector<EconomyNews> operator()(const ProcurementBan& what) const {
    const bool all = what.scope.value == "all_foreign";
    return level(all ? LevelKind::procurement_all : LevelKind::procurement_state_funded, what.ban_level);
  }
  std::vector<EconomyNews> operator()(const CounterControl& what) const {
    return level(LevelKind::counter_control, what.withheld);
  }
  std::vector<EconomyNews> operator()(const RentalRule& what) const {
    return level(LevelKind::rental, what.barred ? 1.0 : 0.0);
  }

  std::vector<EconomyNews> operator()(const BridgeMeasureEvent& what) const {
    return {{day_, what.measure(said_)}};
  }

  std::vector<EconomyNews> operator()(const VisaRule& what) const {
    EntryRule rule{said_.chain(), region(what.place.value), nationalities(what.nationalities), what.admitted,
                   what.fee_usd};
    return {{day_, std::move(rule)}};
  }

  std::vector<EconomyNews> operator()(const ExitControlOrder& what) const {
    ExitControl rule{said_.chain(), region(what.place.value), nationalities(what.nationalities), what.barred,
                     what.top_tier_only};
    return {{day_, std::move(rule)}};
  }

  std::vector<EconomyNews> operator()(const TalentSchemeChange& what) const {
    return {{day_, TalentScheme{said_.chain(), region(what.place.value), what.admitted,
                                what.renewal.value_or(-1.0)}}};
  }

  std::vector<EconomyNews> operator()(const DistillationPolicing& what) const {
    const std::size_t vendor = facts_.vendor(said_.actor_firm());
    const Region government =
        vendor == Facts::npos ? government_of(said_.actor) : facts_.vendors[vendor].home;
    return {{day_, PolicingChanges{said_.chain(), vendor, government, what.level}}};
  }

  std::vector<EconomyNews> operator()(const OpenWeightsControl& what) const {
    if (!binds(said_)) return {};
    return {{day_, what.changes(said_.chain(), government_of(said_.actor))}};
  }

 private:
  std::vector<EconomyNews> level(LevelKind kind, double value) const {
    if (!binds(said_)) return {};
    return {{day_, LevelInForce{said_.chain(), kind, value}}};
  }

  static Region region(const std::string& word) { return *parse_enum<Region>(word, region_names); }

  static std::array<bool, nationality_count> nationalities(const std::vector<std::string>& words) {
    std::array<bool, nationality_count> named{};
    for (const auto& word : words) named[index(*parse_enum<Nationality>(word, nationality_names))] = true;
    return named;
  }

  std::vector<EconomyNews> come_out(const std::vector<std::string>& models, std::size_t day) const {
    std::vector<EconomyNews> news;
    for (const auto& id : models) news.push_back({day, ModelComesOut{model_index(facts_, id)}});
    return news;
  }

  const Facts& facts_;
  const Calendar& calendar_;
  const Announcement& said_;
  std::size_t day_;
};

}  // namespace

std::vector<EconomyNews> economy_news(const Facts& facts, const Calendar& calendar, const Event& event) {
  return std::visit(Reader(facts, calendar, event.said), event.instrument);
}

}  // namespace chokepoint
