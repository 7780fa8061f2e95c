/// A model is released, open or closed, described by its claim alone: for releases of before T0, or of models
/// that are not in the data. Nobody can use the model in the run; `open_release` and `model_release` bring
/// models that can be used.
#pragma once

#include "sim/model/events/claim.hpp"
#include "sim/model/events/reach.hpp"

namespace chokepoint {

struct ClaimedRelease {
  static constexpr std::string_view name = "claimed_release";
  static constexpr std::string_view meaning = "a model is released, described by its developer's claim alone";
  static constexpr bool is_measure = true;

  ClosedClass weights{"", {"open", "closed"}};
  ClosedClass against_best_open{"", {"equal_or_above", "below", "not_claimed"}};
  ClosedClass first_claim{"", {"yes", "no"}};
  ClosedClass gap_to_closed{"", {"under_half", "half_or_more"}};
  ClosedClass price_vs_equal{"above_tenth", {"above_tenth", "tenth_or_less"}};
  ClosedClass own_chip{"no", {"yes", "no"}};
  std::vector<std::string> threatens = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("claim.weights", weights, "whether the weights are given away");
    k.required("claim.against_best_open", against_best_open, "claim at release against the best open model");
    k.required("claim.first_claim", first_claim, "first claim of the developer to match or lead its class");
    k.required("claim.gap_to_closed", gap_to_closed,
               "share of the gap between best open and best closed model that the claim closes");
    k.optional("claim.price_vs_equal", price_vs_equal,
               "price against the cheapest model of equal claimed capability");
    k.optional("claim.own_chip", own_chip, "whether training or serving on domestic chips is claimed");
    k.optional("claim.threatens", threatens, "applications that the claim addresses");
  }

  void check(const Facts&, const Announcement& said, EventProblems& problems) const {
    if (said.actor_firm().empty()) problems.add("the actor of a release must be a firm (firm:<id>)");
    check_words(problems);
  }
  void check_words(EventProblems& problems) const {
    expect_words("application", threatens, application_names, problems);
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    std::vector<Touch> result;
    if (weights.value == "open") {
      add_open_claim(
          facts, claim_level(gap_to_closed.value == "half_or_more", price_vs_equal.value == "tenth_or_less"),
          result);
    }
    if (own_chip.value == "yes") {
      add_exposed(facts, Channel::restricted_sales, "CN/ai_chips", 0.5, result);
      add_exposed(facts, Channel::vacated, "CN/ai_chips", 0.5, result);
    }
    if (first_claim.value == "yes") add_own_product(facts, said.actor_firm(), result);
    for (const auto& one : threatens) add_exposed(facts, Channel::compete, one, 1.0, result);
    return result;
  }

  std::vector<std::string> targets(const Facts&) const { return {}; }
};

}  // namespace chokepoint
