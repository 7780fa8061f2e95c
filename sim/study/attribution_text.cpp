#include "sim/study/attribution_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/preview.hpp"

namespace chokepoint {
namespace {

constexpr double nothing = 1e-12;  ///< what rounding leaves of an effect that is none

/// Decimals that leave about three significant digits of the largest number of a sentence.
int decimals_of(const EffectSplit& of) {
  double largest = std::max(std::fabs(of.total.mean), std::fabs(of.rest.mean));
  for (const PartShare& part : of.parts) largest = std::max(largest, std::fabs(part.shapley.mean));
  return decimals_for(largest, 5);
}

/// A number with its sign; what rounds to zero has none.
std::string signed_text(double value, int decimals) {
  const std::string text = signed_number(value, decimals);
  return text.find_first_of("123456789") == std::string::npos ? text.substr(1) : text;
}

/// The unit behind a number; parts of a percentage are percentage points.
std::string unit_text(const std::string& unit, bool part) {
  if (unit.empty() || unit == "-") return "";
  return " " + (part && unit == "%" ? "points" : unit);
}

/// When the metric looks.
std::string when_text(const MetricExpression& expression) {
  using Reduce = MetricExpression::Reduce;
  if (expression.reduce == Reduce::at) return "on " + to_text(expression.to);
  return fmt::format("at its {} from {} to {}", expression.reduce == Reduce::maximum ? "highest" : "lowest",
                     to_text(expression.from), to_text(expression.to));
}

std::string words_of(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

/// "release accounts for +24.1 points [+20.0, +28.2]"; the others leave words out.
std::string shares_text(const EffectSplit& of, int decimals) {
  std::vector<std::string> shares;
  for (const PartShare& part : of.parts) {
    const Estimate& share = part.shapley;
    shares.push_back(fmt::format("{} {}{}{}", words_of(part.id), shares.empty() ? "accounts for " : "for ",
                                 signed_text(share.mean, decimals),
                                 shares.empty() ? unit_text(of.metric->unit, true) : ""));
    if (!share.has_interval()) continue;
    shares.back() += fmt::format(" [{}, {}]", signed_text(share.mean - share.half_width, decimals),
                                 signed_text(share.mean + share.half_width, decimals));
  }
  return listed(shares);
}

/// What arises only jointly: nothing, more of the same, or the reverse.
std::string together_text(const EffectSplit& of, int decimals) {
  const std::string when = of.parts.size() == 2 ? "both" : "several of them";
  const std::string size = signed_text(of.together.mean, decimals);
  if (size.find_first_of("+-") == std::string::npos) return "; nothing arises only when " + when + " happen";
  const std::string unit = unit_text(of.metric->unit, true);
  return fmt::format(
      "; {}{} {} only when {} happen{}", size, unit, unit == " points" ? "arise" : "arises", when,
      of.together.mean * of.total.mean < 0.0 ? " (together they do less than the sum of each alone)" : "");
}

/// What is in no part.
std::string rest_text(const EffectSplit& of, int decimals) {
  if (!of.has_rest) return "";
  return fmt::format("; a further {}{} comes from what is in no part", signed_text(of.rest.mean, decimals),
                     unit_text(of.metric->unit, true));
}

/// What the shares leave open: the joint part, and what is in no part.
std::string remainders_text(const EffectSplit& of, int decimals) {
  return (of.parts.size() > 1 ? together_text(of, decimals) : "") + rest_text(of, decimals);
}

/// Regions by the day on which both parts reach them: "HK and CN (2026-06-15)".
std::string places_text(const std::map<std::string, std::vector<std::string>>& regions_by_date) {
  std::vector<std::string> places;
  for (const auto& [date, regions] : regions_by_date) {
    places.push_back(fmt::format("{} ({})", listed(regions), date));
  }
  return join(places, "; ");
}

std::vector<const Event*> events_of(const std::vector<Event>& events, const Decomposition::Part& part) {
  std::vector<const Event*> found;
  for (const Event& event : events) {
    if (std::find(part.items.begin(), part.items.end(), event.said.declared()) != part.items.end()) {
      found.push_back(&event);
    }
  }
  return found;
}

}  // namespace

std::string attribution_sentence(const Study& study, const EffectSplit& of) {
  const Metric& metric = *of.metric;
  const std::string title = metric.label.empty() ? metric.id : metric.label;
  const bool any = std::any_of(of.parts.begin(), of.parts.end(), [](const PartShare& part) {
    return std::fabs(part.shapley.mean) > nothing || part.shapley.half_width > nothing;
  });
  const std::string& arm = study.scenario.decomposition->arm;
  const int decimals = decimals_of(of);
  if (!any) {
    return fmt::format("{}: no part of '{}' has any effect{}.", title, label_of(study, arm),
                       rest_text(of, decimals));
  }
  const std::string against = of.has_rest ? label_of(study, arm) + "' without its parts"
                                          : label_of(study, study.arms[study.reference].id) + "'";
  return fmt::format("{}: of {}{} {} ('{}' against '{}), {}{}{}.", title,
                     signed_text(of.total.mean, decimals), unit_text(metric.unit, false),
                     when_text(metric.expression), label_of(study, arm), against, shares_text(of, decimals),
                     of.parts.size() > 1 ? ", whatever order they are added in" : "",
                     remainders_text(of, decimals));
}

std::vector<std::string> shared_session_caveats(const Study& study) {
  std::vector<std::string> caveats;
  if (!study.scenario.decomposition || study.facts.lines.empty()) return caveats;
  const auto& parts = study.scenario.decomposition->parts;
  const std::vector<Event> events = coalition_content(study, (std::size_t{1} << parts.size()) - 1).events;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      std::map<std::string, std::vector<std::string>> regions;
      for (const Event* first : events_of(events, parts[i])) {
        for (const Event* second : events_of(events, parts[j])) {
          if (first->said.chance.hazard_per_day || second->said.chance.hazard_per_day) continue;
          for (const SharedDay& day : shared_days(study, *first, *second)) {
            std::vector<std::string>& there = regions[day.date];
            const std::string region(name_of(day.region, region_names));
            if (std::find(there.begin(), there.end(), region) == there.end()) there.push_back(region);
          }
        }
      }
      if (regions.empty()) continue;
      caveats.push_back(
          fmt::format("{} and {} reach {} in the same session: prices alone cannot tell their parts apart; "
                      "this split is the model's.",
                      words_of(parts[i].id), words_of(parts[j].id), places_text(regions)));
    }
  }
  return caveats;
}

}  // namespace chokepoint
