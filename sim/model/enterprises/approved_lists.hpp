/// Approved lists: vendors that enterprises take off them, and how others follow.
///
///   a ban announced by a named enterprise takes the vendor off its desks in the region at once
///   a bank in the region that still uses the vendor only thanks to a pragmatic reading of its terms (the
///   strict one would deny it) starts a review at the rate
///       peer_imitation x number of named enterprises in the region that took the vendor off
///   a review takes a lognormal time, median `review_latency`; at its end the vendor is off the list
///
/// Only named enterprises lead: their decisions are reported, those of others are not, and how many follow
/// does not depend on how many agents stand for the banks. A vendor that was taken off stays off; its hosted
/// products leave the menu, open models on own machines do not. Only when a vendor consents to serve Hong
/// Kong (bridge/hong_kong_bridge.hpp) do desks there put it back that had removed it for its terms.
/// Assumptions: all of it. The rate stands on one case: in Hong Kong in spring 2026 one of some fifteen banks
/// followed the first within seven weeks. Neglects: regulators' advice.
/// Tests: tests/unit/enterprise_lists_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sim/base/random.hpp"
#include "sim/model/enterprises/enterprises.hpp"

namespace chokepoint {

struct ApprovedListParams {
  double peer_imitation = 0.05;
  double review_latency = 30;
  double review_latency_sd = 0.6;  ///< of the log of the time

  static void fields(FieldList& list, ApprovedListParams& p) {
    list.add("enterprise.peer_imitation", p.peer_imitation, "1/month", 0, 2,
             "assumption: 0-.5; 0: nobody follows; one of some 15 banks followed the first within 7 weeks "
             "(https://pomegra.io/news/jpmorgan-cuts-anthropic-ai-access-for-hong-kong-staff)",
             "rate at which a bank starts a review per named enterprise that took the vendor off its list");
    list.add("enterprise.review_latency", p.review_latency, "d", 1, 365, "assumption: weeks to months",
             "median time from the start of a review to the change of the list");
    list.add("enterprise.review_latency_sd", p.review_latency_sd, "log points", 0, 2, "assumption",
             "standard deviation of the log of that time");
  }
};

/// Takes a vendor off the list of a named enterprise's desks in a region, for its terms or for another
/// reason. Returns the number of desks.
std::size_t ban_vendor(const Facts& facts, const std::vector<Product>& products, std::string_view enterprise,
                       std::size_t vendor, Region region, bool for_terms, Enterprises& all);

/// Enterprises in Hong Kong put back vendors that consent (`cleared` [vendor]) and were off for their terms.
void relist(const std::vector<Product>& products, std::span<const char> cleared, Enterprises& all);

/// Starts and ends reviews of the last `days`. `step` numbers the weeks from 1.
void review_lists(const ApprovedListParams& params, const Facts& facts, const std::vector<Product>& products,
                  const OfferTable& offers, const RandomStream& random, std::uint32_t step, double days,
                  Enterprises& all);

}  // namespace chokepoint
