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
        day_(calendar.first_day_opening_after(facts, said.announced)) {}

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
    order.since = announced_on(said_);
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
                                 *parse_enum<Region>(what.staff_region.value, region_names)}}};
  }

 private:
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

Region government_of(const std::string& actor) {
  constexpr std::string_view kind = "regulator:";
  if (!actor.starts_with(kind)) return Region::row;
  std::string name = actor.substr(kind.size(), actor.find('-') - kind.size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return parse_enum<Region>(name, region_names).value_or(Region::row);
}

}  // namespace chokepoint
