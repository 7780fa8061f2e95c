/// Small text helpers: suggestions for typos, numbers as text, splitting.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// The candidate nearest to `word` by edit distance, if it is near enough to be a typo.
std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& candidates);

/// " did you mean 'x'?" or "" when nothing is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string trim(std::string_view text);

/// A finite number, the whole text consumed; empty otherwise. Decimal point only.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

/// Shortest text with six significant digits, as every output file prints numbers.
std::string short_number(double value);

}  // namespace chokepoint
