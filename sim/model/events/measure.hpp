/// A measure said by what it reaches: it restricts, or supports, named firms, classes of firms, flows, the
/// standing of shares with a state, or what a plan pays for.
///
/// Touches, each by the firm's dated exposure towards the counterpart:
///   named firms       target; of a class that is named instead of firms, half of that
///   a flow            its sellers by their revenue in it (restricted_sales), its buyers by their need
///                     (restricted_input), those who can replace the sellers (vacated)
///   a regime          shares of the class (regime)
///   a plan            the planning firm, else the named firms, else all who are paid (own_product); with AI
///                     capital spending also those who build it (buildout), with a Chinese firm's own AI
///                     chips also those who sold them (restricted_sales)
/// Support has the opposite sign in every channel that restrictions hit. What the firms and markets make of
/// it is not said here.
#pragma once

#include "sim/model/events/reach.hpp"

namespace chokepoint {

struct Measure {
  static constexpr std::string_view name = "measure";
  static constexpr std::string_view meaning =
      "restricts or supports flows, firms, classes of shares or plans";
  static constexpr bool is_measure = true;

  ClosedClass direction{"", {"restrict", "support"}};
  std::vector<std::string> named = {};
  std::vector<std::string> named_classes = {};
  std::vector<std::string> segments = {};
  std::vector<std::string> regimes = {};
  std::vector<std::string> plans = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("direction", direction, "whether it restricts or supports");
    k.optional("named", named, "ids of the firms that it names as such");
    k.optional("named_class", named_classes, "class of firms that it names instead of firms");
    k.optional("segments", segments, "flows that it stops or restores: buyer/product");
    k.optional("regimes", regimes, "standing of a class of shares with a state");
    k.optional("plans", plans, "what is funded or planned");
  }

  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    for (const auto& id : named) problems.expect_known("firm", id, firm_ids(facts));
    check_words(problems);
  }

  /// What can be said without data: words of closed lists, and that it reaches somebody.
  void check_words(EventProblems& problems) const {
    expect_words("class of firms", named_classes, class_names, problems);
    expect_words("segment", segments, segment_names, problems);
    expect_words("regime", regimes, regime_names, problems);
    expect_words("plan", plans, plan_names, problems);
    if (named.empty() && named_classes.empty() && segments.empty() && regimes.empty() && plans.empty()) {
      problems.add("it reaches nobody (a measure names firms, a class, segments, regimes or plans)");
    }
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    std::vector<Touch> result;
    const double sign = direction.value == "support" ? -1.0 : 1.0;
    if (plans.empty()) {
      for (const auto& firm : named) result.push_back({firm, Channel::target, 1.0, sign, "named"});
    }
    for (const auto& one : named_classes) add_exposed(facts, Channel::target, one, 0.5 * sign, result);
    for (const auto& one : segments) {
      add_exposed(facts, Channel::restricted_sales, one, sign, result);
      add_exposed(facts, Channel::restricted_input, one, sign, result);
      add_exposed(facts, Channel::vacated, one, sign, result);
    }
    for (const auto& one : regimes) add_exposed(facts, Channel::regime, one, sign, result);
    for (const auto& one : plans) add_plan(facts, said, one, result);
    return result;
  }

  std::vector<std::string> targets(const Facts&) const { return named; }

 private:
  bool names(const std::string& firm) const {
    return std::find(named.begin(), named.end(), firm) != named.end();
  }

  void add_plan(const Facts& facts, const Announcement& said, const std::string& plan,
                std::vector<Touch>& touches) const {
    const double gain = direction.value == "support" ? 1.0 : -1.0;
    std::vector<Touch> paid;
    add_exposed(facts, Channel::own_product, plan, gain, paid);
    const std::string planner = said.actor_firm();
    for (const Touch& touch : paid) {
      const bool is_named = std::find(named.begin(), named.end(), touch.entity) != named.end();
      if (planner.empty() ? named.empty() || is_named : touch.entity == planner) touches.push_back(touch);
    }
    const std::size_t firm = facts.firm(planner);
    const bool chinese = firm != Facts::npos && facts.firms[firm].headquarters == Region::cn;
    if (plan == "ai_capex") add_exposed(facts, Channel::buildout, "ai_compute", -gain, touches);
    if (plan == "own_ai_chip" && chinese) {
      add_exposed(facts, Channel::restricted_sales, "CN/ai_chips", 0.5 * gain, touches);
    }
  }
};

}  // namespace chokepoint
