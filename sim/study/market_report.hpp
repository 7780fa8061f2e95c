/// What the parameters imply for the market of T0, and what an event does without noise: answers of the
/// commands `multipliers`, `score` and `float`, as tables for people.
#pragma once

#include <string>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Own elasticity, micro, regional and macro multipliers for full and one-day adjustment, median over
/// replicates with the 5-95 % range.
std::string multiplier_report(const Study& study, std::size_t replicates);

/// For each event: d ln V by channel of every entity it touches; then the first-day effect of each arm on
/// every line that moves, with daily noise off, median over populations.
std::string score_report(const Study& study, std::size_t populations);

/// First-day move of one line by the same attention shock at four tradable shares and three values of omega.
std::string float_report(const Study& study, const std::string& line, std::size_t replicates);

/// The same numbers as `float_report`: [omega][tradable share], per cent, median over replicates.
struct FloatTable {
  std::vector<double> omegas;
  std::vector<double> floats;
  std::vector<std::vector<double>> move;
};
FloatTable float_table(const Facts& facts, const Parameters& parameters, const std::string& line,
                       std::uint64_t seed, std::size_t replicates, const std::vector<double>& omegas,
                       const std::vector<double>& floats);

}  // namespace chokepoint
