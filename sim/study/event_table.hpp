/// What became of every event and rule in every arm: events.csv, firings.csv and the warnings that follow.
///
///   fired             it happened and something recorded is another than without it
///   not_fired         it did not happen: it comes after the end, or a rule's condition never held
///   fired_no_target   it happened and touches no line, changes no law, list or model within the run
///   fired_no_effect   it happened and everything recorded is the same to the bit without it
///   excluded          not part of the arm
///
/// Events that are declared together are one item, which happens when the first of them does.
/// Tests: tests/unit/event_table_test.cpp, grouped_events_test.cpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/proof_of_effect.hpp"

namespace chokepoint {

enum class ItemStatus : unsigned { fired, not_fired, fired_no_target, fired_no_effect, excluded };
inline constexpr std::array<std::string_view, 5> item_status_names{"fired", "not_fired", "fired_no_target",
                                                                   "fired_no_effect", "excluded"};

/// On which days something happened, and how near it came where it did not.
struct Occurrences {
  std::vector<std::vector<std::size_t>> days;  ///< [replicate] trading days, ascending
  std::string nearest_approach;                ///< of a rule that never fired: values and threshold, in words
};

/// A row of events.csv.
struct ItemRecord {
  std::size_t arm = 0;
  std::string item;
  std::string kind;  ///< name of the instrument, or "rule"
  ItemStatus status = ItemStatus::excluded;
  Occurrences occurrences;
  bool left_to_chance = false;  ///< replicates may differ in whether or when it happens
  std::size_t targets = 0;      ///< lines touched, and rules, lists and models changed
  ItemEffect effect;            ///< no probes when it is excluded
  std::string reason;           ///< why not fired, without target or without effect
  std::string source;
  SourcePosition where;

  std::size_t replicates_fired() const;
  std::optional<std::size_t> first_day() const;  ///< in any replicate
  double mean_times() const;                     ///< firings per replicate
};

/// By arm, in it events and then rules in the order of the files, those that are excluded too.
std::vector<ItemRecord> item_records(const Study& study, const ExperimentResult& result,
                                     const std::vector<ItemEffect>& effects);

/// Throws Error{run_failed} when anything recorded differs before the first day on which the item happened:
/// the future would reach into the past.
void check_no_early_effect(const Study& study, const std::vector<ItemRecord>& records);

void write_events(const Study& study, const std::vector<ItemRecord>& records, const std::string& folder);

/// Every firing of what is left to chance; no file when there is none.
void write_firings(const Study& study, const std::vector<ItemRecord>& records, const std::string& folder);

/// W138 for each event or rule with an arm in which it happened and changed nothing.
void warn_of_no_effect(const Study& study, const std::vector<ItemRecord>& records, Problems& problems);

/// A series as an expression would select it, by as few keys as it takes: "market_cap[line=2513.HK]".
std::string name_of_series(const std::vector<Series>& list, std::size_t series);

/// First date on which anything recorded differed; "" when nothing did.
std::string first_divergence(const Study& study, const ItemEffect& effect);

}  // namespace chokepoint
