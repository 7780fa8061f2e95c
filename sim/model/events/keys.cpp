#include "sim/model/events/keys.hpp"

#include <algorithm>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

}  // namespace

void EventProblems::expect_known(const char* what, const std::string& id,
                                 const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), id) != known.end()) return;
  add(std::string("unknown ") + what + " '" + id + "' (not in the data)" + suggestion(id, known));
}

void check_offer(const Facts& facts, const Announcement& said, const std::string& line, Date date,
                 EventProblems& problems) {
  problems.expect_known("line", line, line_ids(facts));
  if (date < announced_on(said)) {
    problems.add("'date' = " + to_text(date) + " lies before the announcement on " +
                 to_text(announced_on(said)) + " UTC (shares are sold after it is known) set a later date");
  }
  const std::size_t at = facts.line(line);
  if (at == Facts::npos) return;
  if (facts.lines[at].firm == Line::npos) {
    problems.add("line '" + line + "' is a composite (it stands for many firms) name the line of one firm");
    return;
  }
  const std::string& firm = facts.firms[facts.lines[at].firm].id;
  if (said.actor_firm() != firm) {
    problems.add("actor '" + said.actor + "' cannot sell shares of '" + line + "' (they are those of '" +
                 firm + "') set actor = \"firm:" + firm + "\"");
  }
}

void check_developer(const Facts& facts, const Announcement& said, const std::vector<std::string>& models,
                     EventProblems& problems) {
  for (const auto& id : models) {
    problems.expect_known("model", id, model_ids(facts));
    const AiModel* model = facts.model(id);
    if (model != nullptr && model->developer != said.actor_firm()) {
      problems.add("model '" + id + "' is developed by '" + model->developer + "', not by the actor");
    }
  }
  if (models.empty()) problems.add("'models' is empty (a release must name at least one model)");
  if (said.actor_firm().empty()) problems.add("the actor of a release must be a firm (firm:<id>)");
}

std::vector<std::string> firm_ids(const Facts& facts) { return ids_of(facts.firms); }
std::vector<std::string> line_ids(const Facts& facts) { return ids_of(facts.lines); }
std::vector<std::string> model_ids(const Facts& facts) { return ids_of(facts.models); }
std::vector<std::string> vendor_ids(const Facts& facts) { return ids_of(facts.vendors); }

std::vector<std::string> enterprise_ids(const Facts& facts) {
  std::vector<std::string> ids;
  for (const BankDesk& desk : facts.bank_desks) {
    if (std::find(ids.begin(), ids.end(), desk.enterprise) == ids.end()) ids.push_back(desk.enterprise);
  }
  return ids;
}

double exposure_of(const Facts& facts, const std::string& firm, Channel channel,
                   const std::string& counterpart) {
  double sum = 0.0;
  for (const Exposure& row : facts.exposures) {
    if (row.firm == firm && row.channel == channel && row.counterpart == counterpart) sum += row.share;
  }
  return std::min(1.0, sum);
}

void add_exposed(const Facts& facts, Channel channel, const std::string& counterpart, double level,
                 std::vector<Touch>& touches) {
  for (const Exposure& row : facts.exposures) {
    if (row.channel != channel || row.counterpart != counterpart || row.share == 0.0) continue;
    const auto same = std::find_if(touches.begin(), touches.end(), [&](const Touch& touch) {
      return touch.entity == row.firm && touch.channel == channel && touch.counterpart == counterpart;
    });
    if (same == touches.end()) {
      touches.push_back({row.firm, channel, row.share, level, counterpart});
    } else {
      same->exposure = std::min(1.0, same->exposure + row.share);
    }
  }
}

Region government_of(const std::string& actor) {
  constexpr std::string_view kind = "regulator:";
  if (!actor.starts_with(kind)) return Region::row;
  std::string name = actor.substr(kind.size(), actor.find('-') - kind.size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return parse_enum<Region>(name, region_names).value_or(Region::row);
}

}  // namespace chokepoint
