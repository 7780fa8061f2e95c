#include "sim/study/decisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

template <class Flags>
Decisions plain(const Flags& flags) {
  Decisions result;
  for (const auto& flag : flags) result.push_back(static_cast<std::uint64_t>(flag));
  return result;
}

/// [vendor] flags that may not have been set yet.
Decisions by_vendor(const std::vector<char>& flags, std::size_t vendors) {
  Decisions result = plain(flags);
  result.resize(vendors, 0);
  return result;
}

/// [vendor] the models that it has stopped, as bits by order of its models.
Decisions stopped_models(const World& world) {
  const Facts& facts = *world.facts;
  Decisions result(facts.vendors.size(), 0);
  std::vector<unsigned> counted(facts.vendors.size(), 0);
  for (std::size_t m = 0; m < std::min(world.economy.stopped.size(), facts.models.size()); ++m) {
    const std::size_t vendor = facts.vendor(facts.models[m].developer);
    if (vendor == Facts::npos) continue;
    const unsigned bit = counted[vendor]++ % 64;
    if (world.economy.stopped[m] != 0) result[vendor] |= std::uint64_t{1} << bit;
  }
  return result;
}

/// [desk] where its staff are: a hash of persons by region.
Decisions desk_places(const World& world) {
  Decisions result;
  for (const auto& staff : world.economy.desks.staff) {
    std::uint64_t hash = 0;
    for (const std::int64_t persons : staff) hash = hash * 1000003U + static_cast<std::uint64_t>(persons);
    result.push_back(hash);
  }
  return result;
}

Decisions control_levels(const World& world) {
  Decisions result;
  for (const double level : world.economy.regulators.level)
    result.push_back(static_cast<std::uint64_t>(std::lround(level * 1000)));
  return result;
}

/// [researcher] the region, or one past the last for those who left research.
Decisions places_of_work(const Talent& talent) {
  Decisions result = plain(talent.location);
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (talent.standing[i] == Standing::left) result[i] = region_count;
  }
  return result;
}

Decisions positions(const World& world, std::size_t line) {
  Decisions result;
  for (std::size_t i = 0; i < world.accounts(); ++i)
    result.push_back(static_cast<std::uint64_t>(world.holding[world.at(line, i)]));
  return result;
}

std::string region_text(std::size_t region) { return std::string(region_names[region]); }

std::vector<std::string> product_names(const Facts& facts) {
  std::vector<std::string> names;
  for (const Product& product : make_products(facts)) {
    const std::string kind(name_of(product.kind, product_kind_names));
    names.push_back(product.vendor == Facts::npos ? kind : facts.vendors[product.vendor].id + " " + kind);
  }
  return names;
}

std::vector<std::string> place_names() {
  std::vector<std::string> names(region_names.begin(), region_names.end());
  names.push_back("no research");
  return names;
}

std::vector<std::string> enterprise_types(const Enterprises& all) {
  std::vector<std::string> types;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char* who = i >= all.first_desk             ? "named banks' desks"
                      : all.sector[i] == Sector::bank ? "banks"
                                                      : "other enterprises";
    types.push_back(fmt::format("{} in {}", who, region_text(index(all.kind(i).region))));
  }
  return types;
}

std::vector<std::string> vendor_types(const Facts& facts) {
  std::vector<std::string> types;
  for (const Vendor& vendor : facts.vendors)
    types.push_back(fmt::format("vendors of {}", region_text(index(vendor.home))));
  return types;
}

std::vector<std::string> account_types(const Accounts& accounts) {
  std::vector<std::string> types(accounts.size);
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.begin + block.count; ++i)
      types[i] = fmt::format("{} investors of {}", name_of(type_of_class(g), investor_type_names),
                             name_of(domicile_of_class(g), region_names));
  }
  return types;  // "" for the empty rows that fill up a class
}

}  // namespace

std::vector<DecisionKind> decision_kinds(const Facts& facts, const std::vector<std::size_t>& lines) {
  std::vector<DecisionKind> kinds{
      {"product in use", "model/enterprises/choice.hpp", "enterprises", false, product_names(facts)},
      {"approved list", "model/enterprises/approved_lists.hpp", "enterprises"},
      {"service", "model/access/vendor_service.hpp", "vendors"},
      {"publication", "model/research/release_choice.hpp", "vendors"},
      {"lobbying", "model/policy/lobbying.hpp", "vendors"},
      {"consent to the bridge", "model/bridge/hong_kong_bridge.hpp", "vendors"},
      {"level of control", "model/policy/regulators.hpp", "regulators", true},
      {"where staff sit", "model/enterprises/desk_relocation.hpp", "named banks"},
      {"place of work", "model/talent/mobility.hpp", "researchers", false, place_names()},
      {"employer", "model/talent/mobility.hpp", "researchers"}};
  for (const std::size_t line : lines)
    kinds.push_back(
        {fmt::format("position in {}", facts.lines[line].id), "model/demand.hpp", "investors", true});
  return kinds;
}

std::vector<Decisions> decisions_of(const World& world, const std::vector<std::size_t>& lines,
                                    const std::vector<Decisions>& at_start) {
  const Economy& economy = world.economy;
  const std::size_t vendors = world.facts->vendors.size();
  std::vector<Decisions> all{plain(economy.enterprises.product),
                             plain(economy.enterprises.removed),
                             stopped_models(world),
                             by_vendor(economy.publishes, vendors),
                             by_vendor(economy.lobby.lobbies, vendors),
                             by_vendor(economy.bridge.consent, vendors),
                             control_levels(world),
                             desk_places(world),
                             places_of_work(economy.talent),
                             plain(economy.talent.employer)};
  for (const std::size_t line : lines) all.push_back(positions(world, line));
  for (std::size_t k = 0; k < at_start.size(); ++k) {
    if (all[k].size() > at_start[k].size()) all[k].resize(at_start[k].size());
  }
  return all;
}

std::vector<std::vector<std::string>> decision_makers(const World& world,
                                                      const std::vector<std::size_t>& lines) {
  const Economy& economy = world.economy;
  const std::vector<std::string> enterprises = enterprise_types(economy.enterprises);
  const std::vector<std::string> vendors = vendor_types(*world.facts);
  std::vector<std::string> controls, desks, researchers;
  for (const auto& name : control_kind_names) controls.push_back(std::string(name));
  for (const BankDesk& desk : world.facts->bank_desks)
    desks.push_back(fmt::format("desks in {}", region_text(index(desk.region))));
  for (const std::uint8_t nationality : economy.talent.nationality)
    researchers.push_back(fmt::format("researchers from {}", nationality_names[nationality]));
  std::vector<std::vector<std::string>> all{enterprises, enterprises, vendors, vendors,     vendors,
                                            vendors,     controls,    desks,   researchers, researchers};
  for (std::size_t l = 0; l < lines.size(); ++l) all.push_back(account_types(world.population.accounts));
  return all;
}

bool decisions_differ(const DecisionKind& kind, std::uint64_t a, std::uint64_t b) {
  if (a == b) return false;
  if (!kind.amount) return true;
  const double low = static_cast<double>(std::min(a, b));
  const double high = static_cast<double>(std::max(a, b));
  return high - low > position_difference * high;
}

}  // namespace chokepoint
