/// What a measure can reach, as closed lists: flows of goods and services, classes of firms, the standing of
/// a class of shares with a state, what a plan pays for, and whom a model's claim addresses.
///
/// They are the counterparts of data/vintages/exposures.csv and the words of the coding book
/// (data/events/README.md), which says what each one is.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

/// Buyer / product: the flow that is stopped or restored.
inline constexpr std::array<std::string_view, 28> segment_names{"zte/us_technology",
                                                                "huawei/us_technology",
                                                                "sugon/us_technology",
                                                                "inspur/us_technology",
                                                                "zhipu/us_technology",
                                                                "surveillance/us_technology",
                                                                "listed_affiliates/us_technology",
                                                                "smic/us_tools",
                                                                "fujian_jinhua/us_tools",
                                                                "huawei/foundry",
                                                                "cambricon/foundry",
                                                                "CN/ai_chips",
                                                                "CN/chip_tools",
                                                                "CN/foreign_fab_tools",
                                                                "CN/hbm",
                                                                "CN/eda",
                                                                "CN/foundry_ai_chips",
                                                                "CN/us_memory",
                                                                "CN/us_processors",
                                                                "world/ai_chips",
                                                                "world/gallium_germanium",
                                                                "world/antimony",
                                                                "world/rare_earths",
                                                                "US/cn_goods",
                                                                "CN_HK/us_closed_models",
                                                                "foreign/us_closed_models",
                                                                "us_government/us_closed_models",
                                                                "governments/cn_models"};

inline constexpr std::array<std::string_view, 7> class_names{
    "cn_ai_chip_designers", "cn_chip_makers",  "cn_platforms",  "cn_ai_developers",
    "cn_server_makers",     "cn_surveillance", "us_chip_makers"};

inline constexpr std::array<std::string_view, 4> regime_names{"us_listing", "cn_platform_rules",
                                                              "foreign_holding", "trade"};

inline constexpr std::array<std::string_view, 5> plan_names{"ai_capex", "own_ai_chip", "cn_chip_fund",
                                                            "us_chip_subsidy", "spin_off"};

inline constexpr std::array<std::string_view, 3> application_names{"search", "software_and_data",
                                                                   "cyber_security"};

/// Complains of every word that is not in the list.
template <std::size_t N>
void expect_words(const char* what, const std::vector<std::string>& words,
                  const std::array<std::string_view, N>& allowed, EventProblems& problems) {
  for (const auto& word : words) problems.expect_known(what, word, {allowed.begin(), allowed.end()});
}

}  // namespace chokepoint
