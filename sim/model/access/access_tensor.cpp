#include "sim/model/access/access_tensor.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

/// What law and terms say of the closed models of vendor v.
Denial denied_by_vendor(const Facts& facts, const AccessRules& rules, std::size_t v, const UserCell& user) {
  const Vendor& vendor = facts.vendors[v];
  const bool in_hong_kong = user.region == Region::hk;
  if (in_hong_kong && rules.hong_kong_barred && vendor.home == Region::us) return Denial::law;
  Denial place = vendor.place[index(user.region)];
  const Denial owner = vendor.owner[index(user.owner)];
  if (place == Denial::law || owner == Denial::law) return Denial::law;
  if (in_hong_kong && place == Denial::terms_place && !rules.cleared.empty() && rules.cleared[v] != 0) {
    place = Denial::none;
  }
  return place != Denial::none ? place : owner;
}

/// Places where open models of one developer may not be hosted, and not be run on own machines either.
struct BannedPlaces {
  std::array<bool, region_count> hosting{}, own_machines{};
};

BannedPlaces banned_places(std::span<const HostingBan> bans, Region home) {
  BannedPlaces banned;
  for (const HostingBan& ban : bans) {
    if (!ban.developer_home[index(home)]) continue;
    for (std::size_t r = 0; r < region_count; ++r) {
      banned.hosting[r] = banned.hosting[r] || ban.place[r];
      banned.own_machines[r] = banned.own_machines[r] || (ban.place[r] && ban.own_machines);
    }
  }
  return banned;
}

bool barred(std::span<const PersonOrder> orders, std::size_t model, Nationality nationality) {
  return std::any_of(orders.begin(), orders.end(), [&](const PersonOrder& order) {
    return !order.permitted[index(nationality)] &&
           std::find(order.models.begin(), order.models.end(), model) != order.models.end();
  });
}

std::array<bool, nationality_count> barred_from(std::span<const PersonOrder> orders, std::size_t model) {
  std::array<bool, nationality_count> bars{};
  for (std::size_t n = 0; n < nationality_count; ++n) {
    bars[n] = barred(orders, model, static_cast<Nationality>(n));
  }
  return bars;
}

}  // namespace

AccessTensor make_access(const Facts& facts, std::span<const char> released,
                         std::span<const PersonOrder> orders, std::span<const char> stopped,
                         const AccessRules& rules) {
  CHOKEPOINT_EXPECT(released.size() == facts.models.size() && stopped.size() == facts.models.size());
  CHOKEPOINT_EXPECT(rules.cleared.empty() || rules.cleared.size() == facts.vendors.size());
  AccessTensor access(facts.models.size());
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    const AiModel& model = facts.models[m];
    const std::size_t developer = facts.vendor(model.developer);
    const bool has_terms = developer != Facts::npos && !model.open;
    const auto bars = barred_from(orders, m);
    BannedPlaces banned;
    if (model.open) banned = banned_places(rules.hosting_bans, developer_home(facts, model));
    for (std::size_t c = 0; c < user_cell_count; ++c) {
      const UserCell user = user_cell(c);
      const bool ordered = bars[index(user.nationality)];
      Denial reason = has_terms ? denied_by_vendor(facts, rules, developer, user) : Denial::none;
      if (banned.hosting[index(user.region)]) reason = Denial::law;
      if (!released[m]) reason = Denial::unreleased;
      if (reason == Denial::none && ordered) reason = Denial::order;
      if (reason == Denial::none && stopped[m]) reason = Denial::vendor_stopped;
      access(m, user) = reason;
      Denial own = banned.own_machines[index(user.region)] ? Denial::law : Denial::none;
      if (ordered) own = Denial::order;
      access.own_machines(m, user) = released[m] ? own : Denial::unreleased;
    }
  }
  return access;
}

Region developer_home(const Facts& facts, const AiModel& model) {
  if (const std::size_t v = facts.vendor(model.developer); v != Facts::npos) return facts.vendors[v].home;
  const std::size_t firm = facts.firm(model.developer);
  return firm != Facts::npos ? facts.firms[firm].headquarters : Region::row;
}

double staff_share(const Facts& facts, const UserCell& user) {
  const RegionWorkforce& staff = facts.workforce[index(user.region)];
  return staff.nationality[index(user.nationality)] * staff.owner[index(user.owner)];
}

double staff_served(const Facts& facts, const AccessTensor& access, std::size_t model, Region region) {
  double sum = 0.0;
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    const UserCell user = user_cell(c);
    if (user.region == region && access.serves(model, user)) sum += staff_share(facts, user);
  }
  return sum;
}

double entitled_served(const Facts& facts, const AccessTensor& access, std::size_t model,
                       Nationality nationality) {
  double served = 0.0;
  double cut = 0.0;
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    const UserCell user = user_cell(c);
    if (user.nationality != nationality) continue;
    const double users = facts.workforce[index(user.region)].spend_share * staff_share(facts, user);
    const Denial reason = access(model, user);
    if (reason == Denial::none) served += users;
    if (reason == Denial::order || reason == Denial::vendor_stopped) cut += users;
  }
  return cut > 0.0 ? served / (served + cut) : 1.0;
}

}  // namespace chokepoint
