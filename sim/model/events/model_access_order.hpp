/// A government bars persons of other nationalities from named AI models.
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
  static constexpr std::string_view meaning = "bars persons of other nationalities from named models";
  static constexpr bool is_measure = true;

  std::vector<std::string> models;
  std::vector<std::string> permitted_nationalities = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("models", models, "ids of the models (data/models.csv)");
    k.required("deny.persons_not_national_of", permitted_nationalities,
               "nationalities of the persons who are not barred (US, CN, HK, IN, ROW)");
  }

  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    for (const auto& id : models) problems.expect_known("model", id, model_ids(facts));
    if (models.empty()) problems.add("'models' is empty (an order must name at least one model)");
    const std::vector<std::string> known(nationality_names.begin(), nationality_names.end());
    for (const auto& id : permitted_nationalities) problems.expect_known("nationality", id, known);
    if (permitted_nationalities.empty()) {
      problems.add("'persons_not_national_of' is empty (an order must name at least one nationality)");
    } else if (permitted_nationalities.size() == nationality_count) {
      problems.add("'persons_not_national_of' names every nationality (the order would bar nobody)");
    }
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
