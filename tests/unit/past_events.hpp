/// Past events for tests: descriptors and observations as text, made into cases.
#pragma once

#include <catch2/catch.hpp>

#include "sim/study/backtest/abnormal_returns.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chokepoint {

inline const Vintages& vintages() {
  static const Vintages loaded = [] {
    Problems problems;
    Vintages read = load_vintages(CHOKEPOINT_SOURCE_DIR "/data", problems);
    problems.throw_if_any();
    return read;
  }();
  return loaded;
}

inline Parameters few_investors() {
  Parameters params;
  params.population.investors = 200;
  return params;
}

/// A descriptor of a restriction; `more` are its further lines.
inline std::string descriptor(const std::string& id, const std::string& announced, const std::string& more) {
  return "id = \"" + id + "\"\ntitle = \"A rule\"\nmeasure = \"chain\"\nannounced = " + announced +
         "\ninstrument = \"entity_list\"\nactor = \"regulator:us-commerce\"\ndirection = \"restrict\"\n"
         "sources = [\"https://example.org\"]\n" +
         more;
}

/// Keys of an order in full force that came out of nothing and is noticed by nobody.
inline const std::string in_full =
    "force = \"binding\"\nlevel = \"whole\"\nduration = \"open_ended\"\nprior = \"none\"\n"
    "attention = \"none\"\n";
inline const std::string on_nvidia = "named = [\"nvidia\"]\n" + in_full;

/// A row of observations: session 0 and beta.
inline std::string row(const std::string& event, const std::string& ticker, const std::string& date,
                       const std::string& beta = "1") {
  return event + ",episode," + date + "," + ticker + ",group,type,-3,-4,-5,-2," + beta +
         ",2,clean,reaction\n";
}

/// Descriptors and observations written to a folder, read back, and made into cases.
struct CasesRead {
  CasesRead(const std::vector<std::string>& descriptors, const std::string& rows,
            const Vintages& tables = vintages()) {
    const TemporaryFolder folder;
    for (const std::string& text : descriptors) {
      const std::string id = text.substr(6, text.find('"', 6) - 6);
      folder.write("events/" + id + ".toml", text);
    }
    folder.write("observed.csv",
                 "event,episode,date,ticker,group,type,ar_pct,car2_pct,car4_pct,return_pct,beta,"
                 "residual_sd_pct,attribution,selection\n" +
                     rows);
    Problems problems;
    codings = read_codings(folder.at("events"), problems);
    observed = read_observed_events(folder.at("observed.csv"), problems);
    problems.throw_if_any();
    set = make_cases(tables, codings, observed, few_investors());
  }
  const EventCase& only() const {
    REQUIRE(set.cases.size() == 1);
    return *set.cases[0];
  }
  const EventCase& of(const std::string& id) const {
    for (const auto& one : set.cases) {
      if (one->id == id) return *one;
    }
    FAIL("no case " + id);
    return *set.cases[0];
  }

  std::vector<Coding> codings;
  std::vector<ObservedRow> observed;
  CaseSet set;
};

}  // namespace chokepoint
