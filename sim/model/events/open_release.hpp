/// A developer publishes the weights of a model, with the claim it made at release.
///
/// The claim decides what can be news (claim.hpp); it is the developer's first when no earlier dated model of
/// its own claimed to match or beat the best open one.
#pragma once

#include "sim/model/events/claim.hpp"

namespace chokepoint {

struct OpenRelease {
  static constexpr std::string_view name = "open_release";
  static constexpr std::string_view meaning = "publishes a model's weights";
  static constexpr bool is_measure = true;

  std::vector<std::string> models;
  std::optional<Date> weights;
  ClosedClass against_best_open{"", {"below", "equal_or_above"}};
  ClosedClass gap_to_closed{"", {"under_half", "half_or_more"}};
  ClosedClass price_vs_equal{"", {"above_tenth", "tenth_or_less"}};

  template <class Keys>
  void keys(Keys& k) {
    k.required("models", models, "ids of the models (data/models.csv)");
    k.optional("weights", weights, "date from which the weights can be downloaded");
    k.required("claim.against_best_open", against_best_open, "claim at release against the best open model");
    k.required("claim.gap_to_closed", gap_to_closed,
               "share of the gap between best open and best closed model that the claim closes");
    k.required("claim.price_vs_equal", price_vs_equal,
               "price against the cheapest model of equal claimed capability");
  }

  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    check_developer(facts, said, models, problems);
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    std::vector<Touch> result;
    add_open_claim(
        facts, claim_level(gap_to_closed.value == "half_or_more", price_vs_equal.value == "tenth_or_less"),
        result);
    if (is_first_claim(facts, said)) add_own_product(facts, said.actor_firm(), result);
    return result;
  }

  std::vector<std::string> targets(const Facts&) const { return {}; }

 private:
  /// True when no earlier dated model of the developer claimed to match or beat the best open one.
  bool is_first_claim(const Facts& facts, const Announcement& said) const {
    if (against_best_open.value != "equal_or_above") return false;
    for (const AiModel& model : facts.models) {
      const bool own = model.developer == said.actor_firm();
      bool released_now = false;
      for (const auto& id : models) released_now = released_now || id == model.id;
      const Date today = to_local(said.announced, 0).date;
      if (own && !released_now && model.claimed_best_open && model.released <= today) return false;
    }
    return true;
  }
};

}  // namespace chokepoint
