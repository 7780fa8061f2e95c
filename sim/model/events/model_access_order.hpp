/// A government bars persons or places from named AI models.
///
/// Touches: the developer by the named products' share of its revenue (target) and by the share of its
/// revenue that comes from the barred customers, times the products' share (restricted_sales); firms whose
/// products those customers can turn to (vacated). Who stops serving whom is not said here: it is decided
/// by the vendor.
#pragma once

#include <algorithm>
#include <set>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct ModelAccessOrder {
  static constexpr std::string_view name = "model_access_order";
  static constexpr std::string_view meaning = "bars persons or places from named models";
  static constexpr bool is_measure = true;

  std::vector<std::string> models;

  template <class Keys>
  void keys(Keys& k) {
    k.required("models", models, "ids of the models (data/models.csv)");
  }

  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    for (const auto& id : models) problems.expect_known("model", id, model_ids(facts));
    if (models.empty()) problems.add("'models' is empty (an order must name at least one model)");
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement&) const {
    std::vector<Touch> result;
    std::set<std::string> developers;
    for (const auto& id : models) developers.insert(facts.model(id)->developer);
    for (const auto& developer : developers) {
      double products = 0.0;
      for (const auto& id : models) products += exposure_of(facts, developer, Channel::target, id);
      products = std::min(1.0, products);
      const double barred = exposure_of(facts, developer, Channel::restricted_sales, "foreign_persons");
      if (products > 0.0) result.push_back({developer, Channel::target, products, 1.0});
      if (products * barred > 0.0) {
        result.push_back({developer, Channel::restricted_sales, products * barred, 1.0});
      }
      add_exposed(facts, Channel::vacated, developer, 1.0, result);
      add_exposed(facts, Channel::restricted_input, developer, 1.0, result);
    }
    return result;
  }

  std::vector<std::string> targets(const Facts& facts) const {
    std::set<std::string> developers;
    for (const auto& id : models) developers.insert(facts.model(id)->developer);
    return {developers.begin(), developers.end()};
  }
};

}  // namespace chokepoint
