#include "sim/study/series.hpp"

#include <algorithm>
#include <set>

#include "sim/base/text.hpp"
#include "sim/study/economy_series.hpp"

namespace chokepoint {
namespace {

using Selectors = std::vector<std::pair<std::string, std::string>>;
using LineFilter = std::function<bool(const Line&)>;

constexpr double billion = 1e-9;

std::string text(std::string_view view) { return std::string(view); }

std::vector<std::size_t> lines_where(const Facts& facts, const LineFilter& include) {
  std::vector<std::size_t> lines;
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    if (include(facts.lines[k])) lines.push_back(k);
  }
  return lines;
}

std::function<double(const World&)> sum_of_caps(const std::vector<std::size_t>& lines, bool only_float) {
  return [lines, only_float](const World& world) {
    double sum = 0.0;
    for (const std::size_t k : lines) {
      if (world.listed[k]) sum += only_float ? world.float_cap_usd(k) : world.cap_usd(k);
    }
    return sum * billion;
  };
}

void add_regions(const Facts& facts, std::vector<Series>& list) {
  for (std::size_t r = 0; r < region_count; ++r) {
    const Region region = static_cast<Region>(r);
    const std::string name = text(region_names[r]);
    const auto based_in = [&facts, region](const Line& line) {
      return line.firm == Line::npos ? line.region == region : facts.firms[line.firm].headquarters == region;
    };
    const auto traded_in = [region](const Line& line) { return line.region == region; };
    for (const bool by_headquarters : {true, false}) {
      const LineFilter here = by_headquarters ? LineFilter(based_in) : LineFilter(traded_in);
      const std::string type = by_headquarters ? "headquarters" : "venue";
      const auto add = [&](const char* variable, const LineFilter& also, bool only_float) {
        const LineFilter both = [here, also](const Line& line) { return here(line) && also(line); };
        const std::vector<std::size_t> lines = lines_where(facts, both);
        list.push_back({SeriesFile::regions,
                        variable,
                        "bn USD",
                        type,
                        name,
                        name,
                        {},
                        sum_of_caps(lines, only_float),
                        "",
                        lines});
      };
      const auto any = [](const Line&) { return true; };
      const auto firm_line = [](const Line& line) { return line.group != LineGroup::composite; };
      const auto ai_line = [](const Line& line) { return line.group == LineGroup::ai; };
      add("market_cap", firm_line, false);
      add("market_cap_ai", ai_line, false);
      add("market_cap_with_composite", any, false);
      add("float_cap_ai", ai_line, true);
    }
  }
}

std::string venues_of(const Facts& facts, std::size_t firm) {
  std::set<std::string> venues;
  for (const Line& line : facts.lines) {
    if (line.firm != firm) continue;
    for (const Ticker& ticker : line.tickers) venues.insert(facts.venues[ticker.venue].id);
  }
  return join({venues.begin(), venues.end()}, ";");
}

Selectors selectors_of(const Firm& firm, bool listed) {
  return {{"firm", firm.id},
          {"region", text(name_of(firm.headquarters, region_names))},
          {"listed", listed ? "true" : "false"},
          {"group", text(line_group_names[firm.ai ? 0 : 1])},
          {"sector", firm.sector}};
}

void add_firms(const Facts& facts, std::vector<Series>& list) {
  for (std::size_t f = 0; f < facts.firms.size(); ++f) {
    const Firm& firm = facts.firms[f];
    const std::string region = text(name_of(firm.headquarters, region_names));
    const std::string venues = venues_of(facts, f);
    const std::vector<std::size_t> lines =
        lines_where(facts, [f](const Line& line) { return line.firm == f; });
    if (firm.listed && !venues.empty()) {
      list.push_back({SeriesFile::firms, "market_cap", "bn USD", "firm", firm.id, region,
                      selectors_of(firm, true), sum_of_caps(lines, false), venues, lines});
    } else if (firm.mark_bn_usd > 0.0) {
      list.push_back({SeriesFile::firms, "mark_value", "bn USD", "private_firm", firm.id, region,
                      selectors_of(firm, false),
                      [f](const World& world) {
                        return world.facts->firms[f].mark_bn_usd * exponential(world.mark_change[f]);
                      },
                      "private"});
    }
  }
}

void add_lines(const Facts& facts, std::vector<Series>& list) {
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    const Line& line = facts.lines[k];
    const Region region = line.firm == Line::npos ? line.region : facts.firms[line.firm].headquarters;
    const std::string home = text(name_of(region, region_names));
    const Selectors selectors{{"line", line.id},
                              {"region", home},
                              {"venue", text(name_of(line.region, region_names))},
                              {"group", text(name_of(line.group, line_group_names))}};
    const auto add = [&](const char* variable, const char* unit, std::function<double(const World&)> read) {
      list.push_back({SeriesFile::firms,
                      variable,
                      unit,
                      "line",
                      line.id,
                      home,
                      selectors,
                      std::move(read),
                      facts.venues[line.tickers.front().venue].id,
                      {k}});
    };
    add("market_cap", "bn USD",
        [k](const World& world) { return world.listed[k] ? world.cap_usd(k) * billion : 0.0; });
    add("price_ratio", "-", [k](const World& world) { return exponential(world.log_price[k]); });
    add("tradable_share", "share", [k](const World& world) {
      return static_cast<double>(world.floating[k]) / static_cast<double>(world.outstanding[k]);
    });
  }
}

bool trades_in(const Facts& facts, const Line& line, Region region) {
  return std::any_of(line.tickers.begin(), line.tickers.end(),
                     [&](const Ticker& ticker) { return facts.venues[ticker.venue].region == region; });
}

void add_flows(const Facts& facts, std::vector<Series>& list) {
  constexpr std::array<const char*, flow_kind_count> variables{"capital_net_flow", "capital_revaluation",
                                                               "capital_issuance", "capital_unlocked"};
  for (std::size_t d = 0; d < region_count; ++d) {
    for (std::size_t v = 0; v < region_count; ++v) {
      for (std::size_t group = 0; group < line_group_count; ++group) {
        const std::vector<std::size_t> lines = lines_where(facts, [&](const Line& line) {
          return index(line.group) == group && trades_in(facts, line, static_cast<Region>(v));
        });
        for (std::size_t kind = 0; kind < flow_kind_count; ++kind) {
          list.push_back({SeriesFile::flows,
                          variables[kind],
                          "bn USD",
                          "flow",
                          text(line_group_names[group]),
                          text(region_names[v]),
                          {{"domicile", text(region_names[d])},
                           {"venue", text(region_names[v])},
                           {"group", text(line_group_names[group])}},
                          [=](const World& world) { return billions(world.flows.amount[kind][d][v][group]); },
                          "",
                          lines});
        }
      }
    }
  }
}

void add_sessions(const Facts& facts, std::vector<Series>& list) {
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    for (const Ticker& ticker : facts.lines[k].tickers) {
      const std::size_t s = index(facts.venues[ticker.venue].session);
      const auto add = [&](const char* variable, double SessionPrices::*price) {
        list.push_back({SeriesFile::sessions,
                        variable,
                        "-",
                        "ticker",
                        ticker.id,
                        "",
                        {},
                        [=](const World& world) { return exponential(world.session_prices[s][k].*price); },
                        "",
                        {k}});
      };
      add("close", &SessionPrices::close);
      add("high", &SessionPrices::high);
    }
  }
}

/// Index of a region's market: return of all its lines, composite included, at the floats of T0, read at the
/// close of the home session. It stands beside the published index that is named.
void add_index(const Facts& facts, Region region, const char* name, std::vector<Series>& list) {
  list.push_back({SeriesFile::sessions,
                  "close",
                  "-",
                  "ticker",
                  name,
                  "",
                  {},
                  [&facts, region](const World& world) {
                    double now = 0.0;
                    double before = 0.0;
                    for (std::size_t k = 0; k < facts.lines.size(); ++k) {
                      const Line& line = facts.lines[k];
                      if (line.region != region || line.unlisted) continue;
                      const double cap = static_cast<double>(line.tradable) * line.price_usd;
                      const std::size_t s = index(facts.venues[line.tickers.front().venue].session);
                      before += cap;
                      now += cap * exponential(world.session_prices[s][k].close);
                    }
                    return before > 0.0 ? now / before : 1.0;
                  },
                  "",
                  lines_where(facts, [region](const Line& line) { return line.region == region; })});
}

}  // namespace

const std::string* Series::selector(std::string_view key) const {
  for (const auto& [name, value] : selectors) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::vector<Series> make_series(const Facts& facts) {
  std::vector<Series> list;
  add_regions(facts, list);
  add_firms(facts, list);
  add_lines(facts, list);
  add_flows(facts, list);
  add_sessions(facts, list);
  add_index(facts, Region::us, "SP500", list);
  add_index(facts, Region::cn, "CSI300", list);
  add_index(facts, Region::hk, "HSI", list);
  add_economy_series(facts, list);
  return list;
}

}  // namespace chokepoint
