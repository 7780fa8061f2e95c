/// How an instrument names its keys: one list that reading, suggestions and the resolved file walk.
///
///   template <class Keys> void keys(Keys& k) {
///     k.required("models", models, "ids of the models (data/models.csv)");
///     k.optional("weights", weights, "date on which the weights can be downloaded");
///     k.required("ramp_days", ramp_days, "time until the level is reached", "d");
///   }
///
/// The fourth argument is the unit of a number, in the words of base/field.hpp; a number with a unit may be
/// written as text with a unit that converts into it ("26 w", "15 %", "3 bn HKD").
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/model/announcement.hpp"

namespace chokepoint {

/// A value that must be one word of a closed class.
struct ClosedClass {
  std::string value;
  std::vector<std::string_view> allowed;
};

/// Complaints of an instrument about values that are well-formed but wrong (an unknown firm, say).
class EventProblems {
 public:
  EventProblems(Problems& problems, SourcePosition where, std::string event)
      : problems_(problems), where_(std::move(where)), event_(std::move(event)) {}
  void add(const std::string& message) {
    problems_.add("E041", where_, "event '" + event_ + "': " + message);
  }
  /// Complains with a suggestion unless `id` is one of `known`.
  void expect_known(const char* what, const std::string& id, const std::vector<std::string>& known);

 private:
  Problems& problems_;
  SourcePosition where_;
  std::string event_;
};

/// The government behind a regulator: "regulator:us-bis" is of the US; a name without a region is of ROW.
Region government_of(const std::string& actor);

/// The date of an announcement, by Greenwich time.
inline Date announced_on(const Announcement& said) { return to_local(said.announced, 0).date; }

/// The date from which what it changes in law, lists and technology holds.
inline Date takes_hold_on(const Announcement& said) { return said.effective.value_or(announced_on(said)); }

/// Complains unless `line` is one firm's line, `date` is not before the announcement and the firm is the
/// actor.
void check_offer(const Facts& facts, const Announcement& said, const std::string& line, Date date,
                 EventProblems& problems);

/// Complains unless there are models, all of them developed by the actor.
void check_developer(const Facts& facts, const Announcement& said, const std::vector<std::string>& models,
                     EventProblems& problems);

std::vector<std::string> firm_ids(const Facts& facts);
std::vector<std::string> line_ids(const Facts& facts);
std::vector<std::string> model_ids(const Facts& facts);
std::vector<std::string> vendor_ids(const Facts& facts);
/// Banks with a desk in the data.
std::vector<std::string> enterprise_ids(const Facts& facts);

/// Sum of exposure shares of a firm in a channel towards a counterpart.
double exposure_of(const Facts& facts, const std::string& firm, Channel channel,
                   const std::string& counterpart);
/// Touches of all firms exposed in a channel towards a counterpart, with their level.
void add_exposed(const Facts& facts, Channel channel, const std::string& counterpart, double level,
                 std::vector<Touch>& touches);

}  // namespace chokepoint
