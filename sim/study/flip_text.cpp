#include "sim/study/flip_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/arm_variants.hpp"
#include "sim/study/chance_events.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t listed_rows = 10;
constexpr double carried_share = 0.8;  ///< of the squared length, by the parameters that are named
constexpr std::size_t most_named = 6;
constexpr double least_taken = 0.005;  ///< share of the effect below which a change takes nothing away

/// Decimals that leave about three significant digits of the headline.
int decimals_of(const Flip& flip) { return decimals_for(std::fabs(flip.headline.mean), 5); }

/// A parameter's value to three digits.
std::string value_text(double value) { return value == 0.0 ? "0" : fmt::format("{:.3g}", value); }

std::string interval_text(const Estimate& estimate, int decimals) {
  if (!estimate.has_interval()) return signed_number(estimate.mean, decimals);
  return fmt::format("{} [{}, {}]", signed_number(estimate.mean, decimals),
                     signed_number(estimate.mean - estimate.half_width, decimals),
                     signed_number(estimate.mean + estimate.half_width, decimals));
}

/// True when replicates of an arm that is compared may differ in an event or in what a rule does.
bool draws_events(const Study& study, const FlipQuestion& question) {
  const auto draws = [&](std::size_t arm) {
    const ArmContent content = content_of(study, arm);
    return has_chance(content.events) ||
           std::any_of(content.rules.begin(), content.rules.end(),
                       [](const Rule& rule) { return rule.hazard.has_value(); });
  };
  return draws(question.arm) || draws(question.against.value_or(study.reference)) || draws(study.reference);
}

std::string headline_text(const Study& study, const FlipQuestion& question, const Flip& flip) {
  const Metric& metric = *study.metrics[question.metric].metric;
  const std::string against =
      question.against ? fmt::format("less '{}'", label_of(study, study.arms[*question.against].id))
                       : fmt::format("against '{}'", label_of(study, study.arms[study.reference].id));
  std::string text =
      fmt::format("headline   {}  {}\n           '{}' {}: {} {}, mean over {} replicates\n", metric.id,
                  metric.label == metric.id ? "" : metric.label, label_of(study, study.arms[question.arm].id),
                  against, interval_text(flip.headline, decimals_of(flip)),
                  question.against && metric.unit == "%" ? "points" : metric.unit, flip.n);
  if (flip.headline.is_noise()) {
    text += "           its sign is not told from noise: more replicates first\n";
  }
  return text + fmt::format(
                    "           parameters stand at the scenario's values, or at the medians of what it "
                    "draws; {}\n\n",
                    draws_events(study, question) ? "only events that are left to chance are drawn"
                                                  : "nothing is drawn");
}

/// Rows that reverse stand first.
std::size_t reversing_rows(const Flip& flip) {
  return static_cast<std::size_t>(
      std::count_if(flip.rows.begin(), flip.rows.end(), [](const FlipRow& row) { return row.reverses; }));
}

std::string reversing_table(const Flip& flip) {
  TextTable table({"", "here", "reverses at", "prior sd", "effect at", "is"});
  const std::size_t rows = std::min(listed_rows, reversing_rows(flip));
  for (std::size_t i = 0; i < rows; ++i) {
    const FlipRow& row = flip.rows[i];
    const FlipParameter& parameter = flip.parameters[row.farthest.parameter];
    table.add({"  " + parameter.name, value_text(parameter.here), value_text(row.threshold),
               signed_number(row.threshold_sd, 2), signed_number(row.farthest.sd, 1) + " sd",
               interval_text(row.there, decimals_of(flip))});
  }
  return rows == 0 ? "" : "single changes that reverse it, nearest first\n" + table.text();
}

std::string others_table(const Flip& flip) {
  TextTable table({"", "here", "moved to", "prior sd", "effect from", "to", "taken away"});
  std::size_t rows = 0;
  for (std::size_t i = reversing_rows(flip); i < flip.rows.size() && rows < listed_rows; ++i) {
    const FlipRow& row = flip.rows[i];
    if (!row.failure.empty() || row.taken() < least_taken) break;
    const FlipParameter& parameter = flip.parameters[row.farthest.parameter];
    table.add({"  " + parameter.name, value_text(parameter.here), value_text(row.at),
               signed_number(row.farthest.sd, 1), signed_number(row.here, decimals_of(flip)),
               signed_number(row.there.mean, decimals_of(flip)),
               fmt::format("{:.0f} %", 100.0 * row.taken())});
    ++rows;
  }
  return rows == 0 ? "" : "changes that do not reverse it, those that take most away\n" + table.text();
}

/// What could not be looked at, and why.
std::string gaps_text(const Flip& flip) {
  std::string text;
  for (const FlipParameter& parameter : flip.parameters) {
    if (!parameter.not_moved.empty()) {
      text += fmt::format("not moved  {} ({})\n", parameter.name, parameter.not_moved);
    }
  }
  for (const FlipRow& row : flip.rows) {
    if (row.failure.empty()) continue;
    text += fmt::format("not evaluable  {} = {} ({})\n", flip.parameters[row.farthest.parameter].name,
                        value_text(row.at), row.failure);
  }
  return text;
}

/// "falls below" or "rises above".
const char* direction_of(double sd) { return sd < 0.0 ? "falls below" : "rises above"; }

void write_rows(const Flip& flip, CsvWriter& csv) {
  for (const FlipRow& row : flip.rows) {
    const FlipParameter& parameter = flip.parameters[row.farthest.parameter];
    const bool known = row.failure.empty();
    csv.text(parameter.name).text(parameter.unit).number(parameter.standard).number(parameter.here);
    csv.number(row.at).number(row.farthest.sd).text(row.farthest.sd < 0.0 ? "down" : "up");
    if (known) {
      csv.number(row.there.mean).number(row.there.mean - row.there.half_width);
      csv.number(row.there.mean + row.there.half_width).number(row.here);
    } else {
      csv.text("").text("").text("").text("");
    }
    csv.text(!known ? "not_evaluable" : row.reverses ? "yes" : "no");
    if (row.reverses) {
      csv.number(row.threshold).number(row.threshold_sd);
    } else {
      csv.text("").text("");
    }
    csv.integer(static_cast<long long>(row.n)).text(known ? "evaluated" : row.failure);
    csv.end_row();
  }
}

}  // namespace

std::string smallest_change(const Flip& flip) {
  const int decimals = decimals_of(flip);
  if (flip.rows.empty() || !flip.rows.front().failure.empty()) return "No parameter could be moved.";
  const FlipRow& first = flip.rows.front();
  const FlipParameter& parameter = flip.parameters[first.farthest.parameter];
  if (first.reverses) {
    return fmt::format("Reverses if {} {} {} (here {}; {} prior sd), all else as it is.", parameter.name,
                       direction_of(first.threshold_sd), value_text(first.threshold),
                       value_text(parameter.here), signed_number(first.threshold_sd, 1));
  }
  const std::string none = "No single parameter reverses it within 2 prior sd, or 3 where 2 went far; ";
  if (first.taken() < least_taken) return none + "none takes anything away.";
  return none + fmt::format("nearest: {} at {} (here {}; {} prior sd) takes it from {} to {}.",
                            parameter.name, value_text(first.at), value_text(parameter.here),
                            signed_number(first.farthest.sd, 1), signed_number(first.here, decimals),
                            signed_number(first.there.mean, decimals));
}

std::string joint_change(const Flip& flip) {
  const FlipJoint& joint = flip.joint;
  if (joint.moves.empty()) return "Jointly: no parameter moves the effect.";
  std::vector<std::string> named;
  double squares = 0.0;
  for (const Move& move : joint.moves) {
    if (named.size() == most_named || squares >= carried_share * joint.length * joint.length) break;
    squares += move.sd * move.sd;
    const FlipParameter& parameter = flip.parameters[move.parameter];
    named.push_back(fmt::format("{} {} to {} ({} sd)", parameter.name, value_text(parameter.here),
                                value_text(parameter.value(move.sd)), signed_number(move.sd, 1)));
  }
  const std::string carried = fmt::format("{:.0f} % of the way: {}",
                                          100.0 * squares / (joint.length * joint.length), join(named, ", "));
  if (!joint.failure.empty()) {
    return fmt::format("Jointly: cannot be looked at {:.1f} prior sd away ({}).", joint.length,
                       joint.failure);
  }
  if (joint.reverses) {
    return fmt::format("Jointly: reverses {:.2f} prior sd away, all moved a little at once; {}.",
                       joint.length, carried);
  }
  return fmt::format(
      "Jointly: no reversal up to {:.1f} prior sd along the steepest way, which takes it from {} to {}; {}.",
      joint.length, signed_number(flip.headline.mean, decimals_of(flip)),
      signed_number(joint.there.mean, decimals_of(flip)), carried);
}

std::string flip_text(const Study& study, const FlipQuestion& question, const Flip& flip) {
  return headline_text(study, question, flip) + smallest_change(flip) + "\n" + joint_change(flip) + "\n\n" +
         reversing_table(flip) + others_table(flip) + gaps_text(flip);
}

void write_flip(const Flip& flip, const std::string& folder) {
  CsvWriter csv(folder + "/flip.csv",
                {"parameter", "unit", "default", "here", "at", "sd", "direction", "effect_there", "ci95_low",
                 "ci95_high", "effect_here", "reverses", "threshold", "threshold_sd", "n", "status"});
  write_rows(flip, csv);
  csv.close();
  if (flip.joint.moves.empty()) return;
  CsvWriter joint(folder + "/flip_joint.csv", {"parameter", "unit", "here", "at", "sd", "length", "reverses",
                                               "effect_there", "effect_here", "status"});
  const bool known = flip.joint.failure.empty();
  for (const Move& move : flip.joint.moves) {
    const FlipParameter& parameter = flip.parameters[move.parameter];
    joint.text(parameter.name).text(parameter.unit).number(parameter.here).number(parameter.value(move.sd));
    joint.number(move.sd).number(flip.joint.length);
    joint.text(!known ? "not_evaluable" : flip.joint.reverses ? "yes" : "no");
    (known ? joint.number(flip.joint.there.mean) : joint.text("")).number(flip.headline.mean);
    joint.text(known ? "evaluated" : flip.joint.failure);
    joint.end_row();
  }
  joint.close();
}

}  // namespace chokepoint
