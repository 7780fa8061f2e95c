/// Who decided differently: the decisions of the same agents in two arms of the same replicate, day by day.
///
/// Both arms are run with the same random numbers. Each evening the decision in force of each agent of T0 is
/// held against that of the same agent in the other arm. What is counted is that they differ, on any day and
/// on the last one. Nothing says that a difference brought about a metric, and agents that answer to each
/// other are counted one by one. Tests: tests/unit/decision_differences_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/study/decisions.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

/// One kind of decision by one type of agent, over replicates.
struct DecisionDifference {
  DecisionKind kind;
  std::string type;          ///< "banks in HK"
  std::vector<double> ever;  ///< [replicate] agents that differed on some day
  double ever_mean = 0;
  double at_end_mean = 0;       ///< agents that differed on the last day
  double more_at_end_mean = 0;  ///< of these, agents whose amount is the larger one
  double agents_mean = 0;       ///< of the type
  std::string mostly;           ///< the most frequent pair of decisions on the last day: "x -> y"; may be ""
  std::size_t first_day = ArmResult::never;  ///< earliest over replicates
  std::size_t replicates = 0;                ///< in which any differed
};

struct DecisionReport {
  std::vector<DecisionDifference> differences;  ///< by first day, then in the order of kinds and types
  std::vector<std::string> not_compared;        ///< agents that are not the same in both arms
  std::vector<std::vector<double>> metric;      ///< [study metric][replicate], arm against the other arm
  std::size_t replicates = 0;
};

struct DecisionQuestion {
  std::size_t arm = 0;
  std::size_t against = 0;
  std::vector<std::size_t> lines;  ///< of shares whose holders are compared
  std::size_t replicates = 0;
  int jobs = 0;                    ///< 0: all cores
  std::function<void()> run_done;  ///< called after each run, from any thread
};

/// Runs both arms and compares. The study may have fewer or more replicates than are asked for.
DecisionReport compare_decisions(const Study& study, const DecisionQuestion& question);

/// Lines of shares that a metric looks at.
std::vector<std::size_t> lines_of(const Study& study, const BoundMetric& metric);

}  // namespace chokepoint
