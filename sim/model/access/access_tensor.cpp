#include "sim/model/access/access_tensor.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

/// What law and terms say of a vendor's closed models.
Denial denied_by_vendor(const Vendor& vendor, const UserCell& user) {
  const Denial place = vendor.place[index(user.region)];
  const Denial owner = vendor.owner[index(user.owner)];
  if (place == Denial::law || owner == Denial::law) return Denial::law;
  return place != Denial::none ? place : owner;
}

bool barred(std::span<const PersonOrder> orders, std::size_t model, Nationality nationality) {
  return std::any_of(orders.begin(), orders.end(), [&](const PersonOrder& order) {
    return !order.permitted[index(nationality)] &&
           std::find(order.models.begin(), order.models.end(), model) != order.models.end();
  });
}

}  // namespace

AccessTensor make_access(const Facts& facts, std::span<const char> released,
                         std::span<const PersonOrder> orders, std::span<const char> stopped) {
  CHOKEPOINT_EXPECT(released.size() == facts.models.size() && stopped.size() == facts.models.size());
  AccessTensor access(facts.models.size());
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    const std::size_t developer = facts.vendor(facts.models[m].developer);
    const bool has_terms = developer != Facts::npos && !facts.models[m].open;
    std::array<bool, nationality_count> bars{};
    for (std::size_t n = 0; n < nationality_count; ++n) {
      bars[n] = barred(orders, m, static_cast<Nationality>(n));
    }
    for (std::size_t c = 0; c < user_cell_count; ++c) {
      const UserCell user = user_cell(c);
      Denial reason = has_terms ? denied_by_vendor(facts.vendors[developer], user) : Denial::none;
      if (!released[m]) reason = Denial::unreleased;
      if (reason == Denial::none && bars[index(user.nationality)]) reason = Denial::order;
      if (reason == Denial::none && stopped[m]) reason = Denial::vendor_stopped;
      access(m, user) = reason;
    }
  }
  return access;
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
