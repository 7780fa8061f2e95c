#include "sim/model/compute/compute_params.hpp"

namespace chokepoint {
namespace {

constexpr const char* smuggling_report =
    "https://www.cnas.org/publications/reports/"
    "countering-ai-chip-smuggling-has-become-a-national-security-priority";

void add_growth(FieldList& list, ComputeParams& p) {
  list.add("compute.growth", p.growth, "x/year", 1, 10,
           "https://www.besthub.dev/articles/"
           "2026-ai-index-china-us-model-race-compute-surge-data-trends-4bf4e02321c0 (stock of the world, "
           "3.0 to 3.6)",
           "growth of a vendor's compute at T0, where nobody denies it anything");
  list.add("compute.growth_long_run", p.growth_long_run, "x/year", 1, 3.3,
           "assumption: 1.2-2.5, what spending and power can bear for long",
           "growth of a vendor's compute in the far future");
  list.add("compute.growth_half_life", p.growth_half_life, "months", 3, 240, "assumption: 12-60",
           "time in which growth closes half of its way to the long run");
  list.add("compute.depreciation", p.depreciation, "1/year", 0, 0.6,
           "assumption: .15-.35, lives of three to six years", "part of a stock that is retired in a year");
  list.add("compute.price_decline", p.price_decline, "1/year", 0, 1,
           "assumption: .2-.45, of hardware of equal performance",
           "fall of the price of a foreign H100 equivalent [log points a year]");
}

void add_evasion(FieldList& list, ComputeParams& p) {
  list.add("compute.smuggling_share", p.smuggling_share, "share", 0, 1, smuggling_report,
           "part of an unmet wish that smugglers can fill, at most; 1 to 40 percent of China's training "
           "compute; 0 switches off");
  list.add("compute.smuggling_lag", p.smuggling_lag, "d", 1, 1000, "assumption: 60-365",
           "time in which routes of smuggling open after a first denial");
  list.add("compute.smuggling_premium", p.smuggling_premium, "share", 0, 5, "assumption: .2-1",
           "by how much smuggled chips are dearer than those sold freely elsewhere");
  list.add("compute.enforcement", p.enforcement, "share", 0, 1, "assumption: 0-.6",
           "part of smuggling that is stopped");
  list.add(
      "compute.offshore_share", p.offshore_share, "share", 0, 1, "assumption: .05-.4",
      "part of an unmet wish that subsidiaries abroad can place, where rules go by site; 0 switches off");
  list.add("compute.offshore_premium", p.offshore_premium, "share", 0, 5, "assumption: 0-.5",
           "by how much chips in data centres of subsidiaries abroad are dearer");
  list.add("compute.rental_share", p.rental_share, "share", 0, 1, "assumption: .05-.4",
           "part of an unmet wish that can be rented from clouds abroad; 0 switches off");
  list.add("compute.rental_premium", p.rental_premium, "share", 0, 5, "assumption: .1-1",
           "by how much compute rented for its life is dearer than chips");
}

void add_fear(FieldList& list, ComputeParams& p) {
  list.add(
      "compute.hoard_months", p.hoard_months, "months", 0, 36,
      "assumption: 0-12; memory was stockpiled before a deadline of 2024 "
      "(https://podcast-pipeline.pages.dev/digests/"
      "2025-09-08_semi-analysis_huawei-ascend-production-ramp-die-banks-tsmc-continued-production-hbm-is-"
      "the-bottlenec)",
      "months of the wish that are hoarded per unit of hazard; 0 switches off");
  list.add("compute.hazard_jump", p.hazard_jump, "1/year", 0, 5, "assumption: .1-2",
           "by how much a rule that tightens raises the chip hazard that Chinese buyers see");
  list.add("compute.hazard_memory", p.hazard_memory, "d", 1, 3650, "assumption: 90-1000",
           "time constant with which the chip hazard fades");
}

void add_domestic(FieldList& list, ComputeParams& p) {
  list.add("compute.learning_rate", p.learning_rate, "share", 0, 0.5,
           "https://econbeancount.app/article/86694",
           "fall of the unit cost of Chinese chips with each doubling of all that were made; 0 switches off");
  list.add(
      "compute.domestic_growth", p.domestic_growth, "1/year", 0, 2,
      "assumption: .1-.7; advanced capacity of 45, 60 and 80 thousand wafers a month in 2025 to 2027 "
      "(https://podcast-pipeline.pages.dev/digests/"
      "2025-09-08_semi-analysis_huawei-ascend-production-ramp-die-banks-tsmc-continued-production-hbm-is-"
      "the-bottlenec)",
      "growth of the capacity for Chinese chips while tools can be bought [log points a year]");
  list.add(
      "compute.domestic_investment", p.domestic_investment, "1/year", 0, 5, "assumption: 0-2",
      "growth of the capacity that shortage induces, per share of the wish that is unmet; 0 switches off");
  list.add("compute.tools_control_share", p.tools_control_share, "share", 0, 1, "assumption: .2-.9",
           "part of the growth of capacity that is lost when all tools are withheld; 0 switches off");
  list.add("compute.counter_control_cost", p.counter_control_cost, "log points", 0, 2, "assumption: .05-.8",
           "by how much foreign chips become dearer when China withholds all inputs; 0 switches off");
}

}  // namespace

void ComputeParams::fields(FieldList& list, ComputeParams& p) {
  add_growth(list, p);
  add_evasion(list, p);
  add_fear(list, p);
  add_domestic(list, p);
}

}  // namespace chokepoint
