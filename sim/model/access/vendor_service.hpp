/// The vendor's answer to an order: go on serving the persons it permits, or serve the models to nobody.
///
/// To serve the permitted a vendor must tell them from the barred, and it cannot do so reliably. It compares
/// what the permitted would pay with what its mistakes would cost, for every order and every day anew:
///
///   serve the permitted  iff  (1 - rho) R T - S  >=  N q (1 - v) n F p + L
///   v(t) = 1 - (1 - v_0) 2^(-t / lead)
///   R = sum_r revenue_r / 365 x permitted_r x share,   N = users x share x sum_r weight_r (1 - permitted_r)
///
///   R          USD/day   revenue of the named models from permitted persons
///   revenue_r  USD/year  the vendor's revenue from region r; weight_r its share of all regions
///   permitted_r  -       share of region r's staff whose nationality the order permits
///   share      -         the named models' share of revenue and of users: sum of their `target` exposures
///   users      persons   who use the vendor's models at T0
///   N          persons   barred persons among the users of the named models
///   rho        -         `vendor.fallback_retention`: part of R that stays when permitted persons are sent
///                        to the vendor's other models
///   T          day       what is left of the order's stated duration, else `vendor.expected_order_days`; a
///                        vendor that serves goes on judging the order as a whole, since its setup is spent
///   S          bn USD    `vendor.verification_setup`, cost of the system that tells users apart
///   q          -         `vendor.attempt_rate`: barred persons who try to pass for permitted
///   v          -         share of these tries that is found out; v_0 and lead are the vendor's own
///   t          day       calendar days since the order was announced, be it in force or not yet: every
///                        `lead` days halve the misses (assumption: notice is used as well as force)
///   n          -         `vendor.uses_per_person`: uses by a barred person who passed until it is found out;
///                        each is a release of its own and so a violation of its own
///   F          USD       `vendor.penalty_per_violation`
///   p          -         `vendor.enforcement_probability`: violations that end in a penalty
///   L          bn USD    `vendor.tail_loss`, what a scandal or a loss of licences is expected to cost
///
/// Closed form: the permitted are served iff v >= v*,
///
///   v* = 1 - ((1 - rho) R T - S - L) / (N q n F p)
///
/// v* <= 0: served whatever the verification is worth; v* > 1: never served, since even perfect verification
/// costs more than the permitted pay. v* rises with rho, S and L and falls with R and T; below 1 it rises
/// with N, q, F and p. Service comes back when verification has become good enough, or when F, p or the order
/// changes. An order that bars none of the users (N = 0) asks for no verification: v* is minus infinity.
///
/// Several orders on one model are decided one by one; one decision to stop is enough. Without an order a
/// model is served, and verification starts again at v_0 with the next order. Nothing here moves users: the
/// access tensor denies what is stopped, and they choose again among what is left.
///
/// Assumptions: vendors are risk-neutral beyond L; persons who use a
/// vendor's models are of the nationalities of their region's staff; the decision is taken at once, at the
/// start of a day, and can be taken back any day at no cost but a new S.
/// Neglects: verification sold by third parties, reputation with permitted users, lawsuits, rivals'
/// decisions, service to some regions only, cost of running verification by the day.
/// n decides at the defaults: with n = 1 (one violation per person, however often the model was used) v* is
/// below zero and the permitted are served whatever verification is worth; with n = 10 v* is about .85. p, q,
/// n, rho and T are not identified by anything observed: treat the decision as an axis of experiments, not as
/// a finding. References: an offence is weighed by the chance of being punished times the punishment, Becker
/// (1968), "Crime and Punishment: An Economic Approach", Journal of Political Economy 76(2). F is the largest
/// administrative penalty per violation of the Export Administration Regulations since 15 January 2025,
/// 374,474 USD or twice the value of the transaction (media.bis.gov/enforcement/penalties; in the statute of
/// 2018, 50 USC 4801-4852, 300,000 before inflation). p: of 400 voluntary disclosures in 2021 three ended
/// in an administrative sanction (exportcompliancedaily.com, 25 February 2022).
/// Tests: tests/unit/vendor_service_test.cpp.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "sim/base/field.hpp"
#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

/// How well a vendor tells barred persons from permitted ones.
struct Verification {
  double accuracy = 0.35;  ///< verification_accuracy, v_0 [share]
  double lead = 90;        ///< verification_lead [d]
};

/// Vendors with parameters of their own; all others have the defaults of `Verification`.
inline constexpr std::array<std::string_view, 5> verifying_vendors{"anthropic", "openai", "alphabet", "meta",
                                                                   "spacex"};

struct VendorParams {
  std::array<Verification, verifying_vendors.size()> verification{};
  double fallback_retention = 0.7;
  double penalty_per_violation = 374474;
  double enforcement_probability = 0.01;
  double attempt_rate = 0.01;
  double uses_per_person = 10;
  double verification_setup = 0.02;
  double tail_loss = 0.05;
  double expected_order_days = 90;

  static void fields(FieldList& list, VendorParams& p);
  Verification verification_of(std::string_view vendor) const;
};

/// What a vendor has at stake in one order.
struct ServiceStake {
  double revenue_permitted = 0;  ///< R [USD per day]
  double barred_users = 0;       ///< N [persons]
  double expected_days = 0;      ///< T [d]
};

/// v after so many calendar days under an order. `vendor` is its id.
double verification_accuracy(const VendorParams& params, std::string_view vendor, double days_under_order);

bool serves_permitted(const VendorParams& params, const ServiceStake& stake, double accuracy);

/// v*; minus or plus infinity where accuracy decides nothing.
double threshold_accuracy(const VendorParams& params, const ServiceStake& stake);

/// `revenue_by_region` [USD per year] of the vendor, as it is with its models in service.
ServiceStake stake_of(const Facts& facts, const VendorParams& params, const PersonOrder& order,
                      std::size_t vendor, std::span<const double, region_count> revenue_by_region,
                      double days_into_order);

/// Decides for every vendor and order in force. `revenue_by_region` is [vendor][region] [USD per year];
/// `stopped` has one flag per model: yesterday's on entry, today's on return.
void decide_service(const Facts& facts, const VendorParams& params, std::span<const PersonOrder> orders,
                    std::span<const std::array<double, region_count>> revenue_by_region, Date today,
                    std::span<char> stopped);

}  // namespace chokepoint
