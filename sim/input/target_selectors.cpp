#include "sim/input/target_selectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/base/text.hpp"
#include "sim/input/metric_grammar.hpp"
#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

namespace expressions::grammar {
struct kind : word {};
struct selection : pegtl::seq<blank, pegtl::must<kind>, blank, pegtl::must<selectors>, pegtl::must<end>> {};
}  // namespace expressions::grammar

namespace expressions {
template <>
inline constexpr const char* expectation<grammar::kind> = "firm, model or vendor";
template <>
inline constexpr const char* expectation<grammar::selectors> = "selectors such as [headquarters=CN]";

template <>
struct Action<grammar::kind> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.variable = word_of(in);
  }
};
}  // namespace expressions

namespace {

/// What can be selected, with what the data say of it; a key may have several values.
struct Candidate {
  std::string id;
  std::multimap<std::string, std::string> values;
};

std::string text(bool value) { return value ? "true" : "false"; }
std::string text(Region region) { return std::string(name_of(region, region_names)); }

/// A vendor that one of its desks took off the list is none that the bank allows.
void add_desks(const Facts& facts, Candidate& bank) {
  std::vector<std::string> removed;
  for (const BankDesk& desk : facts.bank_desks) {
    if (desk.enterprise != bank.id) continue;
    bank.values.emplace("region_desk", text(desk.region));
    removed.insert(removed.end(), desk.removed.begin(), desk.removed.end());
  }
  if (!bank.values.contains("region_desk")) return;
  bank.values.emplace("type", "bank");
  for (const Vendor& vendor : facts.vendors) {
    if (std::find(removed.begin(), removed.end(), vendor.id) == removed.end()) {
      bank.values.emplace("allows", vendor.id);
    }
  }
}

std::vector<Candidate> firms_of(const Facts& facts) {
  std::vector<Candidate> firms;
  for (const Firm& firm : facts.firms) {
    Candidate one{firm.id,
                  {{"headquarters", text(firm.headquarters)},
                   {"group", std::string(line_group_names[firm.ai ? 0 : 1])},
                   {"listed", text(firm.listed)}}};
    if (facts.vendor(firm.id) != Facts::npos) one.values.emplace("type", "vendor");
    add_desks(facts, one);
    firms.push_back(std::move(one));
  }
  for (const BankDesk& desk : facts.bank_desks) {
    const bool known = std::any_of(firms.begin(), firms.end(),
                                   [&](const Candidate& one) { return one.id == desk.enterprise; });
    if (known) continue;
    Candidate one{desk.enterprise, {{"headquarters", text(desk.owner)}}};
    add_desks(facts, one);
    firms.push_back(std::move(one));
  }
  return firms;
}

std::vector<Candidate> models_of(const Facts& facts) {
  std::vector<Candidate> models;
  for (const AiModel& model : facts.models) {
    models.push_back({model.id,
                      {{"developer", model.developer},
                       {"open", text(model.open)},
                       {"region", text(developer_home(facts, model))}}});
  }
  return models;
}

std::vector<Candidate> vendors_of(const Facts& facts) {
  std::vector<Candidate> vendors;
  for (const Vendor& vendor : facts.vendors) vendors.push_back({vendor.id, {{"home", text(vendor.home)}}});
  return vendors;
}

/// Every key of a kind with the values that it may have.
std::map<std::string, std::vector<std::string>> classes_of(const Facts& facts, const std::string& kind) {
  const std::vector<std::string> regions(region_names.begin(), region_names.end());
  const std::vector<std::string> either{"true", "false"};
  if (kind == "firm") {
    return {{"headquarters", regions},    {"group", {"ai", "other"}}, {"listed", either},
            {"type", {"bank", "vendor"}}, {"region_desk", regions},   {"allows", vendor_ids(facts)}};
  }
  if (kind == "vendor") return {{"home", regions}};
  std::vector<std::string> developers;
  for (const AiModel& model : facts.models) developers.push_back(model.developer);
  return {{"developer", developers}, {"open", either}, {"region", regions}};
}

bool matches(const Candidate& one, const std::vector<expressions::KeyValue>& selectors) {
  return std::all_of(selectors.begin(), selectors.end(), [&](const expressions::KeyValue& pair) {
    const auto [first, last] = one.values.equal_range(pair.key.text);
    return std::any_of(first, last, [&](const auto& value) { return value.second == pair.value.text; });
  });
}

class Expander {
 public:
  Expander(const Facts& facts, Problems& problems)
      : kinds_{{"firm", firms_of(facts)}, {"model", models_of(facts)}, {"vendor", vendors_of(facts)}},
        facts_(facts),
        problems_(problems) {}

  /// Ids that a selection stands for; empty after a complaint.
  std::vector<std::string> ids(const Unsettled& selection) {
    expressions::Draft draft;
    tao::pegtl::memory_input in(selection.text, "");
    try {
      tao::pegtl::parse<expressions::grammar::selection, expressions::Action, expressions::Control>(in,
                                                                                                    draft);
    } catch (const tao::pegtl::parse_error& error) {
      complain("E065", selection, error.positions().front().byte,
               fmt::format("expected {} in '{}'", error.message(), selection.text));
      return {};
    }
    if (!known(selection, draft)) return {};
    std::vector<std::string> result;
    for (const Candidate& one : kinds_.at(draft.variable->text)) {
      if (matches(one, draft.selectors)) result.push_back(one.id);
    }
    if (result.empty()) {
      complain("E066", selection, 0,
               fmt::format("'{}' selects nothing (the data have none) drop a selector or change its value",
                           selection.text));
    }
    return result;
  }

 private:
  bool known(const Unsettled& selection, const expressions::Draft& draft) {
    const std::string& kind = draft.variable->text;
    const auto candidates = kinds_.find(kind);
    if (candidates == kinds_.end()) {
      complain("E065", selection, draft.variable->at,
               fmt::format("'{}' selects no kind of target (write firm, model or vendor){}", kind,
                           suggestion(kind, {"firm", "model", "vendor"})));
      return false;
    }
    bool good = true;
    const auto classes = classes_of(facts_, kind);
    for (const auto& [key, value] : draft.selectors) {
      const auto words = classes.find(key.text);
      if (words == classes.end()) {
        std::vector<std::string> keys;
        for (const auto& [name, values] : classes) keys.push_back(name);
        complain("E065", selection, key.at,
                 fmt::format("{}s cannot be selected by '{}' (keys: {}){}", kind, key.text, join(keys, ", "),
                             suggestion(key.text, keys)));
      } else if (std::find(words->second.begin(), words->second.end(), value.text) == words->second.end()) {
        complain("E065", selection, value.at,
                 fmt::format("'{}' is no {} of the data{}", value.text, key.text,
                             suggestion(value.text, words->second)));
      } else {
        continue;
      }
      good = false;
    }
    return good;
  }

  void complain(const char* code, const Unsettled& selection, std::size_t at, const std::string& message) {
    SourcePosition where = selection.where;
    if (where.column > 0) where.column += 1 + at;  // past the opening quote
    problems_.add(code, where, message);
  }

  std::map<std::string, std::vector<Candidate>> kinds_;
  const Facts& facts_;
  Problems& problems_;
};

/// Walks the lists of an instrument and puts ids in the place of selections.
struct ListKeys {
  const std::vector<Unsettled>& unsettled;
  Expander& expander;

  template <class T>
  void required(const char* name, T& value, const char*, const char* = "") {
    if constexpr (std::is_same_v<T, std::vector<std::string>>) expand(name, value);
  }
  template <class T>
  void optional(const char* name, T& value, const char* meaning, const char* = "") {
    required(name, value, meaning);
  }

  void expand(const std::string& name, std::vector<std::string>& ids) const {
    std::vector<std::string> result;
    const auto add = [&](const std::string& id) {
      if (std::find(result.begin(), result.end(), id) == result.end()) result.push_back(id);
    };
    for (const std::string& id : ids) {
      const auto selection = std::find_if(unsettled.begin(), unsettled.end(), [&](const Unsettled& one) {
        return one.key == name && one.text == id;
      });
      if (selection == unsettled.end()) {
        add(id);
      } else {
        for (const std::string& found : expander.ids(*selection)) add(found);
      }
    }
    ids = std::move(result);
  }
};

void expand_lists(std::vector<Event>& events, Expander& expander) {
  for (Event& event : events) {
    if (event.unsettled.empty()) continue;
    ListKeys keys{event.unsettled, expander};
    std::visit([&](auto& what) { what.keys(keys); }, event.instrument);
    std::erase_if(event.unsettled, [](const Unsettled& one) {
      return one.key != "actor" && one.text.find('[') != std::string::npos;
    });
  }
}

/// An event of each firm that an actor selects, in its place.
void expand_actors(std::vector<Event>& events, Expander& expander, Problems& problems) {
  std::vector<Event> result;
  std::vector<std::string> split;
  for (Event& event : events) {
    const auto actor = std::find_if(event.unsettled.begin(), event.unsettled.end(),
                                    [](const Unsettled& one) { return one.key == "actor"; });
    if (actor == event.unsettled.end()) {
      result.push_back(std::move(event));
      continue;
    }
    const Unsettled selection = *actor;
    event.unsettled.erase(actor);
    const std::string declared = event.said.id;
    split.push_back(declared);
    for (const std::string& firm : expander.ids(selection)) {
      event.said.id = declared + "." + firm;
      event.said.group = declared;
      event.said.actor = "firm:" + firm;
      result.push_back(event);
    }
  }
  events = std::move(result);
  for (const Event& event : events) {
    const auto* reversal = std::get_if<Reversal>(&event.instrument);
    for (const std::string& id : split) {
      if (event.said.continues != id && (reversal == nullptr || reversal->measure != id)) continue;
      EventProblems(problems, event.said.where, event.said.id)
          .add(fmt::format(
              "ends or continues '{}' (which is several events, one of each firm it selects) declare one "
              "event by firm",
              id));
    }
  }
}

}  // namespace

void expand_selectors(Scenario& scenario, const Facts& facts, Problems& problems) {
  Expander expander(facts, problems);
  expand_lists(scenario.events, expander);
  expand_actors(scenario.events, expander, problems);
  for (Rule& rule : scenario.rules) expand_lists(rule.measures, expander);
  for (Arm& arm : scenario.arms) {
    expand_lists(arm.replaced_events, expander);
    expand_actors(arm.replaced_events, expander, problems);
    for (Rule& rule : arm.replaced_rules) expand_lists(rule.measures, expander);
  }
}

}  // namespace chokepoint
