/// Who may use which model: one reason, or none, for every model, place, nationality and headquarters.
///
///   reason(model, region, nationality, owner) = the first of these that applies
///     unreleased       the model is not out yet
///     law              law of the place of use, or of the place of the headquarters; a ban on hosting open
///                      models; a secondary measure that bars Hong Kong from US closed models
///     terms_place      the vendor's terms leave the place out
///     terms_ownership  the vendor's terms leave enterprises with these headquarters out
///     order            an order on the model bars the nationality, wherever the person is
///     vendor_stopped   the vendor serves the model to nobody (vendor_service.hpp)
///
/// so that `order` and `vendor_stopped` mark exactly the persons who could use the model but for the order.
/// Law and terms of vendors bind closed models only. Orders and stops bind every model they name. Open models
/// are bound by hosting bans, at the place of use and by the home of their developer; whether their weights
/// may run on machines of one's own is a table of its own,
///
///   own_machines(model, region, nationality, owner) = the first of: unreleased, order, law
///
/// where `law` is a ban that covers own machines and a vendor's stop is none: weights that are out cannot be
/// recalled. Clearing (bridge/hong_kong_bridge.hpp) takes the place out of the vendor's terms for users in
/// Hong Kong; terms on headquarters, law and orders stay. Without bans, clearing and secondary measures
/// nothing differs from what the vendors' rows and the orders say.
/// Assumptions: in a region, nationality of staff and headquarters of employers are independent,
///   staff_share(region, nationality, owner) = nationality share x owner share,
/// and use of models is spread over regions as spending on them is (`spend_share`).
/// Neglects: exceptions by person, licence or contract; persons of several nationalities; access that
/// breaks the rules (enterprises/products.hpp has the leaky reading of terms).
/// Tests: tests/unit/access_tensor_test.cpp.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/model/facts.hpp"

namespace chokepoint {

/// An order in force that lets only persons of some nationalities use the models it names.
struct PersonOrder {
  std::string measure;  ///< id of the measure chain
  Region government{};
  std::vector<std::size_t> models;  ///< indices into Facts::models
  std::array<bool, nationality_count> permitted{};
  std::optional<double> duration_days;  ///< as stated; empty: open-ended
  std::size_t first_day = 0;            ///< trading day on which it first denies
  Date since;                           ///< date from which it is in force
  double notice_days = 0;               ///< between announcement and effect: vendors prepare meanwhile
};

/// A government bars open models of some developers from being hosted for users in some places.
struct HostingBan {
  std::string measure;  ///< id of the measure chain
  Region government{};
  std::array<bool, region_count> place{};           ///< where the models would be used
  std::array<bool, region_count> developer_home{};  ///< headquarters of the developers it names
  bool own_machines = false;                        ///< covers use on machines of one's own as well
};

/// Law and clearing beyond the vendors' rows of the data. Empty: none.
struct AccessRules {
  std::span<const HostingBan> hosting_bans{};
  std::span<const char> cleared{};  ///< [vendor] 1: cleared for users in Hong Kong; empty: nobody
  bool hong_kong_barred = false;    ///< law denies closed models of US vendors to users in Hong Kong
};

/// Who the user is, as far as access depends on it.
struct UserCell {
  Region region{};  ///< where the model is used
  Nationality nationality{};
  Region owner{};  ///< headquarters of the user's enterprise
};
inline constexpr std::size_t user_cell_count = region_count * nationality_count * region_count;
constexpr std::size_t index(const UserCell& user) {
  return (index(user.region) * nationality_count + index(user.nationality)) * region_count +
         index(user.owner);
}
constexpr UserCell user_cell(std::size_t at) {
  return {static_cast<Region>(at / (nationality_count * region_count)),
          static_cast<Nationality>(at / region_count % nationality_count),
          static_cast<Region>(at % region_count)};
}

/// Denial by [model][region][nationality][owner].
class AccessTensor {
 public:
  AccessTensor() = default;
  explicit AccessTensor(std::size_t models)
      : cells_(models * user_cell_count, Denial::none), own_machines_(cells_) {}

  std::size_t models() const { return cells_.size() / user_cell_count; }
  Denial operator()(std::size_t model, const UserCell& user) const {
    return cells_[model * user_cell_count + index(user)];
  }
  Denial& operator()(std::size_t model, const UserCell& user) {
    return cells_[model * user_cell_count + index(user)];
  }
  bool serves(std::size_t model, const UserCell& user) const { return (*this)(model, user) == Denial::none; }
  /// Why the weights of an open model may not be run on machines of one's own; of no meaning for closed ones.
  Denial own_machines(std::size_t model, const UserCell& user) const {
    return own_machines_[model * user_cell_count + index(user)];
  }
  Denial& own_machines(std::size_t model, const UserCell& user) {
    return own_machines_[model * user_cell_count + index(user)];
  }
  /// All cells of hosted use, the model outermost; `user_cell(i % user_cell_count)` is the user of the i-th.
  std::span<const Denial> cells() const { return cells_; }
  /// The same of use on machines of one's own.
  std::span<const Denial> own_machine_cells() const { return own_machines_; }
  bool operator==(const AccessTensor&) const = default;

 private:
  std::vector<Denial> cells_, own_machines_;
};

/// `released` and `stopped` have one flag per model of `facts`; `orders` and `rules` are those in force
/// today.
AccessTensor make_access(const Facts& facts, std::span<const char> released,
                         std::span<const PersonOrder> orders, std::span<const char> stopped,
                         const AccessRules& rules = {});

/// Headquarters of who made a model: its vendor's home, else its firm's; ROW for a developer of neither
/// table.
Region developer_home(const Facts& facts, const AiModel& model);

/// [share] of the staff of `user.region` that is of this nationality and headquarters; sums to 1 by region.
double staff_share(const Facts& facts, const UserCell& user);

/// [share] of a region's staff that the model serves.
double staff_served(const Facts& facts, const AccessTensor& access, std::size_t model, Region region);

/// [share] of the users of a nationality, all regions, who may use the model, among those whom law and the
/// vendor's terms would let use it; 1 when these let nobody. What is missing to 1 has been cut off.
double entitled_served(const Facts& facts, const AccessTensor& access, std::size_t model,
                       Nationality nationality);

}  // namespace chokepoint
