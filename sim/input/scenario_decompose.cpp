// [decompose]: which parts an arm's effect is split over.
#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/event_writer.hpp"
#include "sim/input/scenario_sections.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t most_parts = 6;  // every further one doubles the number of arms

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class DecompositionReader {
 public:
  DecompositionReader(TomlTable& table, const Scenario& scenario, Problems& problems)
      : table_(table), scenario_(scenario), problems_(problems) {}

  void read(Decomposition& split) {
    split.where = table_.where();
    const bool named = table_.read("arm", split.arm, Presence::required);
    if (const toml::table* parts = table_.table("parts", Presence::required)) read_parts(*parts, split);
    table_.finish();
    if (named) check_arm(split);
  }

 private:
  void add(const SourcePosition& where, const std::string& message) { problems_.add("E069", where, message); }

  void read_parts(const toml::table& parts, Decomposition& split) {
    const std::string place = "'parts' of [decompose]";
    TomlTable table(parts, table_.position("parts"), place, problems_);
    for (const TomlEntry& entry : entries_in_file_order(parts, scenario_.layers)) {
      Decomposition::Part part;
      part.id = entry.key;
      check_id(part.id, entry.where, problems_);
      if (part.id == "total" || part.id == "together" || part.id == "rest") {
        add(entry.where,
            fmt::format("'{}' is no name for a part (it is a row of its own in the table) choose "
                        "another",
                        part.id));
      }
      if (!table.read(part.id, part.items, Presence::required)) continue;
      if (part.items.empty())
        add(entry.where, fmt::format("part '{}' is empty (name events or rules)", part.id));
      split.parts.push_back(std::move(part));
    }
    if (parts.size() < 2 || parts.size() > most_parts) {
      add(table_.position("parts"),
          fmt::format("[decompose] has {} parts (an effect is split over two to six) {}", parts.size(),
                      parts.size() < 2 ? "name another part" : "put some of them together"));
    }
    check_items(table, split);
  }

  void check_items(TomlTable& table, const Decomposition& split) {
    const std::vector<std::string> known = items_of(scenario_.events, scenario_.rules);
    std::vector<std::string> taken;
    for (const auto& part : split.parts) {
      const toml::array& nodes = *table.find(part.id, Presence::required)->as_array();
      for (std::size_t i = 0; i < part.items.size(); ++i) {
        const SourcePosition where = position_of(nodes[i].source());
        if (!has(known, part.items[i])) {
          add(where, fmt::format("part '{}' names '{}' (no such event or rule){}", part.id, part.items[i],
                                 suggestion(part.items[i], known)));
        } else if (has(taken, part.items[i])) {
          add(where, fmt::format("'{}' is in two parts (its effect would be counted twice) keep one",
                                 part.items[i]));
        }
        taken.push_back(part.items[i]);
        places_.push_back(where);
      }
    }
    items_ = taken;
  }

  /// Without the measure that it ends, an arm of the other parts alone could not be run.
  void check_reversals(const Decomposition::Part& part, const Arm& arm) {
    for (const Event& event : scenario_.events_of(arm)) {
      const auto* reversal = std::get_if<Reversal>(&event.instrument);
      if (reversal == nullptr || !has(part.items, event.said.declared())) continue;
      const std::string& ended = scenario_.declared_id(reversal->measure);
      if (!has(items_, ended) || has(part.items, ended)) continue;
      add(table_.position("parts"),
          fmt::format("'{}' is in another part than '{}' (which it ends) put them in "
                      "one part",
                      event.said.declared(), ended));
    }
  }

  void check_arm(const Decomposition& split) {
    const auto& arms = scenario_.arms;
    const auto arm =
        std::find_if(arms.begin(), arms.end(), [&](const Arm& one) { return one.id == split.arm; });
    if (arm == arms.end()) {
      std::vector<std::string> ids;
      for (const Arm& one : arms) ids.push_back(one.id);
      add(table_.position("arm"), fmt::format("[decompose] splits arm '{}' (which does not exist){}",
                                              split.arm, suggestion(split.arm, ids)));
    } else if (arm->reference) {
      add(table_.position("arm"),
          fmt::format("[decompose] splits arm '{}' (which is the reference: it has no "
                      "effect) name another arm",
                      split.arm));
    } else if (scenario_.reference_arm() < arms.size()) {
      for (const auto& part : split.parts) check_reversals(part, *arm);
      check_difference(*arm, arms[scenario_.reference_arm()]);
    }
  }

  /// Parts are the whole difference between the two arms, and nothing else.
  void check_difference(const Arm& arm, const Arm& reference) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const std::string& id = items_[i];
      if (!arm.includes(id)) {
        add(places_[i],
            fmt::format("'{}' is not part of arm '{}' (a part is something that the arm has) take it "
                        "out of the parts",
                        id, arm.id));
      } else if (reference.includes(id) && has(items_of(scenario_.events, scenario_.rules), id)) {
        add(places_[i],
            fmt::format("'{}' is part of the reference '{}' too (the two arms do not differ in it) take "
                        "it out of the parts",
                        id, reference.id));
      }
    }
    for (const std::string& id : items_of(scenario_.events, scenario_.rules)) {
      if (arm.includes(id) == reference.includes(id) || has(items_, id)) continue;
      const bool here = arm.includes(id);
      add(table_.position("parts"),
          fmt::format("'{}' is in no part ({}) {}", id,
                      fmt::format("arm '{}' has it, '{}' has not", here ? arm.id : reference.id,
                                  here ? reference.id : arm.id),
                      here ? "add it to one" : "exclude it from the reference too"));
    }
    check_values(arm, reference);
  }

  void check_values(const Arm& arm, const Arm& reference) {
    Parameters common = scenario_.parameters;
    const FieldList fields = fields_of(common);
    for (const Field& field : fields.all()) {
      const Amount otherwise = stated_amount(scenario_.settings, field.name, {*field.value, ""});
      const bool alike = !scenario_.draws_unless_set(field.name) ||
                         states(arm.set, field.name) == states(reference.set, field.name);
      if (alike && stated_amount(arm.set, field.name, otherwise) ==
                       stated_amount(reference.set, field.name, otherwise)) {
        continue;
      }
      add(table_.position("arm"),
          fmt::format(
              "arm '{}' and the reference '{}' differ in '{}' (a value cannot be a part) split an arm with "
              "the reference's values",
              arm.id, reference.id, field.name));
    }
    check_replaced(arm, reference);
  }

  /// What both arms include is the same in both.
  void check_replaced(const Arm& arm, const Arm& reference) {
    const auto complain = [&](const std::string& id) {
      add(table_.position("arm"),
          fmt::format("'{}' is another in arm '{}' than in the reference '{}' (a replacement "
                      "cannot be a part) split an arm without it",
                      id, arm.id, reference.id));
    };
    for (const Event& event : scenario_.events) {
      if (!arm.includes(event) || !reference.includes(event)) continue;
      if (event_pairs(scenario_.event_of(arm, event)) != event_pairs(scenario_.event_of(reference, event)))
        complain(event.said.id);
    }
    const std::vector<Rule> others = scenario_.rules_of(reference);
    for (const Rule& rule : scenario_.rules_of(arm)) {
      const auto other =
          std::find_if(others.begin(), others.end(), [&](const Rule& one) { return one.id == rule.id; });
      if (other != others.end() && rule_pairs(*other) != rule_pairs(rule)) complain(rule.id);
    }
  }

  TomlTable& table_;
  const Scenario& scenario_;
  Problems& problems_;
  std::vector<std::string> items_;      // of all parts
  std::vector<SourcePosition> places_;  // [item]
};

}  // namespace

void read_decomposition(TomlTable& top, Scenario& scenario, Problems& problems) {
  const toml::table* section = top.table("decompose", Presence::optional);
  if (section == nullptr) return;
  TomlTable table(*section, top.position("decompose"), "[decompose]", problems);
  scenario.decomposition.emplace();
  DecompositionReader(table, scenario, problems).read(*scenario.decomposition);
}

}  // namespace chokepoint
