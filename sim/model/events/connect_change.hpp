/// Stock Connect southbound: lines of Hong Kong that Mainland investors may buy from a date on, lines that
/// they may only sell, and the daily quota as a multiple of that of T0. It has no beta: who comes, who can no
/// longer buy and what the quota holds back do the rest (capital_rules.hpp, quota.hpp).
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct ConnectChange {
  static constexpr std::string_view name = "connect_change";
  static constexpr std::string_view meaning = "opens or shuts lines to Mainland buyers, or resizes the quota";
  static constexpr bool is_measure = false;

  std::vector<std::string> included = {};
  std::vector<std::string> excluded = {};
  double quota_factor = 1;
  std::optional<Date> date = {};

  template <class Keys>
  void keys(Keys& k) {
    k.optional("included", included, "lines that Mainland investors may buy");
    k.optional("excluded", excluded, "lines that Mainland investors may only sell");
    k.required("quota_factor", quota_factor, "daily quota over that of time.as_of; 1 leaves it");
    k.required("date", date, "first date on which it holds");
  }
  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    for (const auto* lines : {&included, &excluded}) {
      for (const auto& id : *lines) check_line(facts, id, problems);
    }
    for (const auto& id : included) {
      const std::size_t k = facts.line(id);
      const bool twice = std::find(excluded.begin(), excluded.end(), id) != excluded.end();
      if (twice) problems.add("line '" + id + "' is both included and excluded (it can be one) keep one");
      if (k != Facts::npos && facts.lines[k].unlisted) {
        problems.add("line '" + id + "' does not trade at time.as_of (only a listed line can be included)");
      }
    }
    if (!(quota_factor >= 0.0 && quota_factor <= 100.0)) {
      problems.add("'quota_factor' must lie between 0 and 100");
    }
    if (included.empty() && excluded.empty() && quota_factor == 1.0) {
      problems.add("it changes nothing (a change names lines or another quota)");
    }
  }
  std::vector<std::string> targets(const Facts& facts) const {
    std::vector<std::string> firms;
    for (const auto* lines : {&included, &excluded}) {
      for (const auto& id : *lines) firms.push_back(facts.firms[facts.lines[facts.line(id)].firm].id);
    }
    return firms;
  }

 private:
  static void check_line(const Facts& facts, const std::string& id, EventProblems& problems) {
    problems.expect_known("line", id, line_ids(facts));
    const std::size_t k = facts.line(id);
    if (k == Facts::npos) return;
    if (facts.lines[k].firm == Line::npos || facts.lines[k].region != Region::hk) {
      problems.add("line '" + id + "' is no firm's line of Hong Kong (Stock Connect holds such lines only)");
    }
  }
};

}  // namespace chokepoint
