#include "sim/model/state_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, 24> nouns{
    "",      "account", "line",  "class",     "price",      "firm",       "vendor",      "model",
    "users", "product", "kind",  "menu",      "enterprise", "researcher", "nationality", "region",
    "desk",  "control", "month", "component", "channel",    "group",      "flow",        "entry"};
static_assert(nouns.size() == index(StateIndex::entry) + 1);

/// How many of an index that is not the outermost there are.
std::size_t extent(const World& world, const StateField& field, StateIndex what) {
  switch (what) {
    case StateIndex::account:
      return world.accounts();
    case StateIndex::investor_class:
      return class_count;
    case StateIndex::product:
      return world.economy.demand.offers.products;
    case StateIndex::region:
      return region_count;
    case StateIndex::nationality:
      return nationality_count;
    case StateIndex::cell:
      return user_cell_count;
    case StateIndex::chip_channel:
      return chip_channel_count;
    case StateIndex::month:
      return reaction_months;
    case StateIndex::line_group:
      return line_group_count;
    default:
      return field.members;
  }
}

template <class Items>
std::string id_of(const Items& items, std::size_t i) {
  return i < items.size() ? items[i].id : std::to_string(i);
}
template <class Names>
std::string name_at(const Names& names, std::size_t i) {
  return i < names.size() ? std::string(names[i]) : std::to_string(i);
}

/// "HK" of the third region; numbers stand where there are no names.
std::string called(const World& world, StateIndex what, std::size_t i) {
  const Facts& facts = *world.facts;
  switch (what) {
    case StateIndex::account:
      return fmt::format("{} ({})", i, world.population.accounts.name(i));
    case StateIndex::line:
      return id_of(facts.lines, i);
    case StateIndex::firm:
      return id_of(facts.firms, i);
    case StateIndex::vendor:
      return id_of(facts.vendors, i);
    case StateIndex::model:
      return id_of(facts.models, i);
    case StateIndex::desk:
      return i < facts.bank_desks.size() ? facts.bank_desks[i].name : std::to_string(i);
    case StateIndex::nationality:
      return name_at(nationality_names, i);
    case StateIndex::region:
      return name_at(region_names, i);
    case StateIndex::control:
      return name_at(control_kind_names, i);
    case StateIndex::component:
      return name_at(bridge_component_names, i);
    case StateIndex::chip_channel:
      return name_at(chip_channel_names, i);
    case StateIndex::line_group:
      return name_at(line_group_names, i);
    case StateIndex::flow_kind:
      return name_at(flow_kind_names, i);
    default:
      return std::to_string(i);
  }
}

template <class Number>
Number number_at(const StateField& field, std::size_t element) {
  Number number;
  std::memcpy(&number, static_cast<const char*>(field.data) + element * field.bytes_each, sizeof number);
  return number;
}

std::string whole_number(const StateField& field, std::size_t element) {
  const bool is_signed = field.element == StateElement::integer;
  switch (field.bytes_each) {
    case 1:
      return std::to_string(is_signed ? number_at<std::int8_t>(field, element)
                                      : number_at<std::uint8_t>(field, element));
    case 2:
      return std::to_string(number_at<std::uint16_t>(field, element));
    case 4:
      return is_signed ? std::to_string(number_at<std::int32_t>(field, element))
                       : std::to_string(number_at<std::uint32_t>(field, element));
    case 8:
      return is_signed ? std::to_string(number_at<std::int64_t>(field, element))
                       : std::to_string(number_at<std::uint64_t>(field, element));
    default:
      return to_text(number_at<Wide>(field, element));
  }
}

/// A field with bytes of its own, which outlive the visit.
struct Kept {
  StateField field;
  std::vector<char> bytes;
};

/// Fields of one name are one variable, however many entries its list has.
using Variable = std::tuple<std::string_view, std::string_view, std::string_view>;
Variable variable_of(const StateField& field) { return {field.list, field.part, field.name}; }
using Key = std::pair<Variable, std::size_t>;

/// Fields in order, and where each stands.
struct Told {
  std::vector<Kept> fields;
  std::map<Key, std::size_t> places;
};

Told tell(const World& world) {
  Told told;
  visit_state(world, [&](const StateField& field) {
    const char* data = static_cast<const char*>(field.data);
    Kept kept{field, std::vector<char>(data, data + field.bytes())};
    kept.field.data = kept.bytes.data();
    told.places[{variable_of(field), field.entry}] = told.fields.size();
    told.fields.push_back(std::move(kept));
  });
  return told;
}

/// Elements of two fields that differ, the first of them in `first`; those that one lacks count.
std::size_t count_differing(const StateField& a, const StateField& b, std::size_t& first) {
  const std::size_t both = std::min(a.count, b.count);
  std::size_t count = 0;
  for (std::size_t i = 0; i < both; ++i) {
    const char* left = static_cast<const char*>(a.data) + i * a.bytes_each;
    const char* right = static_cast<const char*>(b.data) + i * b.bytes_each;
    if (std::memcmp(left, right, a.bytes_each) == 0) continue;
    if (count++ == 0) first = i;
  }
  if (a.count == b.count) return count;
  if (count == 0) first = both;
  return count + std::max(a.count, b.count) - both;
}

std::string value_or_nothing(const StateField& field, std::size_t element) {
  return element < field.count ? value_text(field, element) : "nothing";
}

StateDifference describe(const World& world, const StateField& a, const StateField& b, std::size_t element) {
  StateDifference found;
  const std::size_t bracket = a.name.find(" [");
  const bool entries = !a.borrowed && a.element == StateElement::natural;
  found.variable = (entries ? "number of " : "") + std::string(a.name.substr(0, bracket));
  if (bracket != a.name.npos)
    found.unit = std::string(a.name.substr(bracket + 2, a.name.size() - bracket - 3));
  found.place = place_of(world, a, element);
  found.here = value_or_nothing(a, element);
  found.there = value_or_nothing(b, element);
  return found;
}

}  // namespace

std::string place_of(const World& world, const StateField& field, std::size_t element) {
  std::string text;
  std::size_t rest = element;
  for (std::size_t d = field.shape.size(); d-- > 0;) {
    const StateIndex what = field.shape[d];
    if (what == StateIndex::none) continue;
    const std::size_t size = d == 0 ? rest + 1 : std::max<std::size_t>(1, extent(world, field, what));
    if (!text.empty()) text += " of ";
    text += fmt::format("{} {}", nouns[index(what)], called(world, what, rest % size));
    rest /= size;
  }
  const auto add = [&](const std::string& more) {
    text += fmt::format("{}{}", text.empty() ? "" : " of ", more);
  };
  if (field.entry != StateField::no_entry) add(fmt::format("number {} of {}", field.entry, field.list));
  if (!field.part.empty()) text += fmt::format("{}{}", text.empty() ? "" : " ", field.part);
  return text;
}

std::string value_text(const StateField& field, std::size_t element) {
  switch (field.element) {
    case StateElement::real:
      return fmt::format("{}", number_at<double>(field, element));
    case StateElement::date:
      return to_text(number_at<Date>(field, element));
    default:
      return whole_number(field, element);
  }
}

std::optional<StateDifference> difference(const World& here, const World& there) {
  const Told a = tell(here);
  const Told b = tell(there);
  std::optional<StateDifference> found;
  std::set<Variable> variables;
  for (const Kept& mine : a.fields) {
    const auto at = b.places.find({variable_of(mine.field), mine.field.entry});
    if (at == b.places.end()) continue;  // the number of entries of its list has differed before it
    std::size_t first = 0;
    const StateField& theirs = b.fields[at->second].field;
    const std::size_t count = count_differing(mine.field, theirs, first);
    if (count == 0) continue;
    if (!found) {
      found = describe(here, mine.field, theirs, first);
      found->elements = count - 1;
    }
    variables.insert(variable_of(mine.field));
  }
  if (found) found->variables = variables.size() - 1;
  return found;
}

std::string name_of(const StateDifference& difference) {
  return difference.place.empty() ? difference.variable : difference.variable + " of " + difference.place;
}

}  // namespace chokepoint
