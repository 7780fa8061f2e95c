/// The words of the model as closed classes: regions, investor types, sessions, line statuses.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace chokepoint {

enum class Region : unsigned { us, cn, hk, row };
inline constexpr std::size_t region_count = 4;
inline constexpr std::array<std::string_view, region_count> region_names{"US", "CN", "HK", "ROW"};

enum class InvestorType : unsigned { passive, fund, arbitrageur, momentum, retail, sovereign };
inline constexpr std::size_t investor_type_count = 6;
inline constexpr std::array<std::string_view, investor_type_count> investor_type_names{
    "passive", "fund", "arbitrageur", "momentum", "retail", "sovereign"};

/// Session A: venues of Asia; session B: venues of the US and Europe. A comes first on every day.
enum class Session : unsigned { a, b };
inline constexpr std::size_t session_count = 2;
inline constexpr std::array<std::string_view, session_count> session_names{"A", "B"};

/// What happened to a line in its last clear. Only `cleared` means that demand met supply at the price.
enum class LineStatus : unsigned {
  closed,     ///< its venue did not open: price and holdings kept
  cleared,    ///< |F| below tolerance
  limit,      ///< at a daily price limit: short side filled, long side pro rata
  rationed,   ///< buyers under a quota filled pro rata
  no_demand,  ///< nobody may or wants to hold it: no price exists
  halted,     ///< the solver found no clearing price: nothing traded
  unlisted    ///< not listed yet: no market price
};
inline constexpr std::array<std::string_view, 7> line_status_names{
    "CLOSED", "CLEARED", "LIMIT", "RATIONED", "NO_DEMAND", "HALT", "UNLISTED"};

/// Volatility classes of lines (daily noise).
enum class LineClass : unsigned { composite, mega_cap, large_tech, chips, china_tech, thin_ai };
inline constexpr std::size_t line_class_count = 6;
inline constexpr std::array<std::string_view, line_class_count> line_class_names{
    "composite", "mega_cap", "large_tech", "chips", "china_tech", "thin_ai"};

/// Groups of lines that output keeps apart.
enum class LineGroup : unsigned { ai, other, composite };
inline constexpr std::size_t line_group_count = 3;
inline constexpr std::array<std::string_view, line_group_count> line_group_names{"ai", "other", "composite"};

/// Channels through which news changes the value of a firm (beliefs.hpp).
enum class Channel : unsigned {
  target,
  restricted_sales,
  restricted_input,
  vacated,
  buildout,
  deploy,
  compete,
  own_product,
  regime
};
inline constexpr std::size_t channel_count = 9;
inline constexpr std::array<std::string_view, channel_count> channel_names{
    "target", "restricted_sales", "restricted_input", "vacated", "buildout",
    "deploy", "compete",          "own_product",      "regime"};

/// Nationality of persons; ROW: every other.
enum class Nationality : unsigned { us, cn, hk, in, row };
inline constexpr std::size_t nationality_count = 5;
inline constexpr std::array<std::string_view, nationality_count> nationality_names{"US", "CN", "HK", "IN",
                                                                                   "ROW"};

/// Why a model may not be used; `none`: it may.
enum class Denial : unsigned char {
  none,
  unreleased,       ///< not released yet
  law,              ///< law of the place where it would be used
  order,            ///< an order bars the person
  terms_place,      ///< the vendor's terms leave the place out
  terms_ownership,  ///< the vendor's terms leave enterprises with these headquarters out
  vendor_stopped    ///< the vendor serves the model to nobody for the time being
};
inline constexpr std::size_t denial_count = 7;
inline constexpr std::array<std::string_view, denial_count> denial_names{
    "none", "unreleased", "law", "order", "terms_place", "terms_ownership", "vendor_stopped"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_enum(std::string_view text, const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <class Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}
template <class Enum, std::size_t N>
constexpr std::string_view name_of(Enum value, const std::array<std::string_view, N>& names) {
  return names[index(value)];
}

/// Investors are kept by class: type x domicile. Beliefs and shifters are by class.
inline constexpr std::size_t class_count = investor_type_count * region_count;
constexpr std::size_t class_of(InvestorType type, Region domicile) {
  return index(type) * region_count + index(domicile);
}
constexpr InvestorType type_of_class(std::size_t g) { return static_cast<InvestorType>(g / region_count); }
constexpr Region domicile_of_class(std::size_t g) { return static_cast<Region>(g % region_count); }

}  // namespace chokepoint
