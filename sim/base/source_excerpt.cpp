#include "sim/base/source_excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace chokepoint {
namespace {

/// Columns of the terminal that an excerpt takes at most, and those shown before the place.
constexpr std::size_t widest = 100;
constexpr std::size_t before = 40;

/// A character as it is shown.
struct Glyph {
  std::string text;
  std::size_t width = 1;
};

/// Ranges of characters that take two columns (East Asian scripts and full-width forms).
constexpr std::array<std::array<unsigned, 2>, 7> wide_ranges{{{0x1100, 0x115f},
                                                              {0x2e80, 0xa4cf},
                                                              {0xac00, 0xd7a3},
                                                              {0xf900, 0xfaff},
                                                              {0xfe30, 0xfe6f},
                                                              {0xff00, 0xff60},
                                                              {0x20000, 0x3fffd}}};

bool is_wide(unsigned code) {
  return std::any_of(wide_ranges.begin(), wide_ranges.end(),
                     [&](const auto& range) { return code >= range[0] && code <= range[1]; });
}

/// Bytes of the UTF-8 character that begins with `first`; 0 for a byte that begins none.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/// The code point of `bytes`, or 0 when they are no UTF-8 (overlong and surrogates are none).
unsigned code_of(std::string_view bytes) {
  constexpr std::array<unsigned, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  unsigned code = static_cast<unsigned char>(bytes[0]) & (0xffU >> (bytes.size() + 1));
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xc0U) != 0x80U) return 0;
    code = (code << 6U) | (byte & 0x3fU);
  }
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return code < smallest[bytes.size()] || surrogate || code > 0x10ffff ? 0 : code;
}

std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  for (std::size_t at = 0; at < line.size();) {
    const auto first = static_cast<unsigned char>(line[at]);
    const std::size_t length = length_of(first);
    const bool whole = length > 1 && at + length <= line.size();
    const unsigned code = whole ? code_of(line.substr(at, length)) : 0;
    if (length == 1) {
      const bool printable = first == '\t' || (first >= 0x20 && first != 0x7f);
      glyphs.push_back({printable ? std::string(1, line[at]) : "?"});
    } else if (code >= 0xa0) {
      glyphs.push_back({std::string(line.substr(at, length)), is_wide(code) ? 2UL : 1UL});
    } else {
      glyphs.push_back({"?"});
    }
    at += code > 0 ? length : 1;
  }
  return glyphs;
}

bool in_word(const std::string& glyph) {
  const auto c = static_cast<unsigned char>(glyph[0]);
  const std::string_view marks = "_-.:+%";
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         marks.find(glyph[0]) != std::string_view::npos;
}

/// Index after the word, number or quoted text that begins at `begin`; at least one character.
std::size_t end_of_word(const std::vector<Glyph>& glyphs, std::size_t begin) {
  const std::string& first = glyphs[begin].text;
  std::size_t end = begin + 1;
  if (first == "\"" || first == "'") {
    while (end < glyphs.size() && glyphs[end].text != first) end += glyphs[end].text == "\\" ? 2 : 1;
    return end < glyphs.size() ? end + 1 : begin + 1;
  }
  while (in_word(first) && end < glyphs.size() && in_word(glyphs[end].text)) ++end;
  return end;
}

/// The part of [begin, end) that is shown of a line: all of it, or a window around `place`.
std::pair<std::size_t, std::size_t> shown_part(std::size_t size, std::size_t place) {
  if (size <= widest) return {0, size};
  const std::size_t begin = std::min(place > before ? place - before : 0, size - widest);
  return {begin, begin + widest};
}

}  // namespace

std::string source_excerpt(std::string_view line, std::size_t number, std::size_t column) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::vector<Glyph> glyphs = glyphs_of(line);
  const bool points = column > 0 && column <= glyphs.size();
  const std::size_t place = points ? column - 1 : 0;
  const auto [begin, end] = shown_part(glyphs.size(), place);
  const std::string margin(std::to_string(number).size(), ' ');
  std::string text = fmt::format("{} |\n{} | ", margin, number);
  std::string carets = fmt::format("\n{} | ", margin);
  if (begin > 0) {
    text += "...";
    carets += "   ";
  }
  const std::size_t word_end = points ? std::min(end_of_word(glyphs, place), end) : 0;
  for (std::size_t i = begin; i < end; ++i) {
    text += glyphs[i].text;
    if (i >= word_end) continue;
    carets += glyphs[i].text == "\t" ? "\t" : std::string(glyphs[i].width, i < place ? ' ' : '^');
  }
  if (end < glyphs.size()) text += "...";
  return points ? text + carets : text;
}

std::string SourceLines::show(const SourcePosition& where) {
  if (where.line == 0) return "";
  const auto [known, is_new] = files_.try_emplace(where.path);
  std::error_code ignored;
  if (is_new && std::filesystem::is_regular_file(where.path, ignored)) {
    std::ifstream file(where.path, std::ios::binary);
    for (std::string line; std::getline(file, line);) known->second.push_back(line);
    const bool marked = !known->second.empty() && known->second[0].starts_with("\xef\xbb\xbf");
    if (marked) known->second[0].erase(0, 3);  // a byte-order mark is no character of the line
  }
  if (where.line > known->second.size()) return "";
  const std::string& line = known->second[where.line - 1];
  const std::size_t first = line.find_first_not_of(" \t");
  const bool remark = first != std::string::npos && line[first] == '#';  // the file as a whole is meant
  if (remark) return "";
  return fmt::format("\n{}", source_excerpt(line, where.line, where.column));
}

}  // namespace chokepoint
