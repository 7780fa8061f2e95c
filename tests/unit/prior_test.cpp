#include "sim/study/calibration/prior.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string header = "parameter,fields,scale,median,q05,q95,told_by,as_of,source\n";
const std::string error_row = "model_error,,log,0.7,0.5,1.0,events,2026-06-12,assumption\n";

struct TableReading {
  Priors priors;
  std::string complaints;
  std::size_t count = 0;
};

TableReading read_rows(const std::string& rows, const std::string& columns = header) {
  const TemporaryFolder folder;
  folder.write("priors.csv", columns + rows);
  Problems problems;
  TableReading reading{read_priors(folder.at("priors.csv"), problems), "", problems.errors().size()};
  for (const auto& error : problems.errors()) reading.complaints += error + "\n";
  return reading;
}

FittedParameter parameter(PriorScale scale, double median, double low, double high) {
  FittedParameter one;
  one.scale = scale;
  one.median = median;
  one.low = low;
  one.high = high;
  return one;
}

constexpr double q95 = 1.6448536269514722;

}  // namespace

TEST_CASE("priors: z is in standard deviations on the scale, from the median", "[unit][prior]") {
  // log: half of ln(.4 / .1) over 1.645
  const FittedParameter log = parameter(PriorScale::log, 0.2, 0.1, 0.4);
  CHECK(log.sd() == Approx(std::log(2.0) / q95));
  CHECK(log.value(0.0) == Approx(0.2));
  CHECK(log.value(1.0) == Approx(0.2 * std::exp(std::log(2.0) / q95)));
  CHECK(log.standard(0.4) == Approx(q95));
  // logit: .1 and .9 are -+ ln 9
  const FittedParameter logit = parameter(PriorScale::logit, 0.5, 0.1, 0.9);
  CHECK(logit.sd() == Approx(std::log(9.0) / q95));
  CHECK(logit.value(0.0) == 0.5);
  const double e = std::exp(std::log(9.0) / q95);
  CHECK(logit.value(1.0) == Approx(e / (1.0 + e)));
  CHECK(logit.standard(0.1) == Approx(-q95));
}

TEST_CASE("priors: the quantiles are at 1.645 where the median is in their middle", "[unit][prior]") {
  const FittedParameter log = parameter(PriorScale::log, 0.2, 0.1, 0.4);
  CHECK(log.value(-q95) == Approx(0.1));
  CHECK(log.value(q95) == Approx(0.4));
  const FittedParameter logit = parameter(PriorScale::logit, 0.5, 0.1, 0.9);
  CHECK(logit.value(-q95) == Approx(0.1));
  CHECK(logit.value(q95) == Approx(0.9));
  // Elsewhere the width holds, around the median: ln(.25 / .03) apart.
  const FittedParameter skew = parameter(PriorScale::log, 0.10, 0.03, 0.25);
  CHECK(skew.value(q95) / skew.value(-q95) == Approx(0.25 / 0.03));
  CHECK(skew.value(0.0) == Approx(0.10));
}

TEST_CASE("priors: value and standard are inverse to each other", "[unit][prior]") {
  for (const FittedParameter& one :
       {parameter(PriorScale::log, 0.12, 0.05, 0.25), parameter(PriorScale::logit, 0.7, 0.4, 0.95)}) {
    for (const double z : {-3.0, -0.4, 0.0, 1.2, 2.5}) {
      CHECK(one.standard(one.value(z)) == Approx(z).margin(1e-12));
    }
  }
}

TEST_CASE("priors: a point sets every field that a row names and no other", "[unit][prior]") {
  const TableReading reading = read_rows(
      "beta_D,beliefs.beta.deploy;beliefs.beta.compete,log,0.1,0.05,0.2,events,2026,assumption\n"
      "g,beliefs.volatility_scaling,logit,0.5,0.1,0.9,events,2026,assumption\n" +
      error_row);
  INFO(reading.complaints);
  REQUIRE(reading.count == 0);
  Parameters params;
  const Parameters before;
  apply(reading.priors, std::vector<double>{q95, -q95, 1.0}, params);
  CHECK(params.beliefs.beta[index(Channel::deploy)] == Approx(0.2));
  CHECK(params.beliefs.beta[index(Channel::compete)] == Approx(0.2));
  CHECK(params.beliefs.volatility_scaling == Approx(0.1));
  for (const Channel other : {Channel::target, Channel::vacated, Channel::own_product}) {
    CHECK(params.beliefs.beta[index(other)] == before.beliefs.beta[index(other)]);
  }
  CHECK(prior_index(reading.priors, "g") == 1);
  CHECK(prior_index(reading.priors, "model_error") == 2);
  CHECK(prior_index(reading.priors, "h") == 3);
}

TEST_CASE("priors: the density is that of independent standard normals", "[unit][prior]") {
  CHECK(log_prior(std::vector<double>{}) == 0.0);
  CHECK(log_prior(std::vector<double>{1.0, -2.0, 0.5}) == -0.5 * (1.0 + 4.0 + 0.25));
}

TEST_CASE("priors: bad tables are complaints", "[unit][prior]") {
  const auto complaint_of = [](const std::string& row) { return read_rows(row + "\n" + error_row); };
  const auto one = [&](const std::string& row, const std::string& code, const std::string& part) {
    CAPTURE(row);
    const TableReading reading = complaint_of(row);
    CHECK(reading.count == 1);
    CHECK_THAT(reading.complaints, Catch::Contains(code) && Catch::Contains(part));
  };
  one("a,,normal,0.2,0.1,0.4,events,2026,assumption", "E024", "log or logit");
  one("a,,log,0.2,0.3,0.4,events,2026,assumption", "E024", "'a' needs 0 < q05 < median < q95");
  one("a,,log,0.2,0.1,0.2,events,2026,assumption", "E024", "'a' needs");
  one("a,,log,0.2,0,0.4,events,2026,assumption", "E024", "'a' needs");
  one("a,,log,two,0.1,0.4,events,2026,assumption", "E024", "'a' needs");
  one("a,,logit,0.5,0.1,1,events,2026,assumption", "E024", "< 1");
  one("a,beliefs.beta.targets,log,0.2,0.1,0.4,events,2026,assumption", "E025",
      "did you mean 'beliefs.beta.target'?");
  CHECK(complaint_of("a,,log,2,1,4,events,2026,assumption").count == 0);  // above 1 on the log scale
  const TableReading without = read_rows("a,,log,0.2,0.1,0.4,events,2026,assumption\n");
  CHECK(without.count == 1);
  CHECK_THAT(without.complaints, Catch::Contains("E025") && Catch::Contains("no row 'model_error'"));
  CHECK_THAT(read_rows("", "parameter,fields,scale,median,q05,told_by,as_of,source\n").complaints,
             Catch::Contains("E022") && Catch::Contains("'q95'"));
}

TEST_CASE("priors: the shipped table loads, its medians are the model's defaults", "[unit][prior]") {
  Problems problems;
  const Priors priors = read_priors(CHOKEPOINT_SOURCE_DIR "/data/calibration/priors.csv", problems);
  REQUIRE_FALSE(problems.any());
  CHECK(priors.size() == 18);
  REQUIRE(prior_index(priors, "model_error") < priors.size());
  CHECK(priors[prior_index(priors, "model_error")].fields.empty());
  const FittedParameter& deploy = priors[prior_index(priors, "beta_D")];
  CHECK(deploy.fields.size() == 2);
  CHECK_FALSE(deploy.thin);
  CHECK(priors[prior_index(priors, "omega")].thin);
  Parameters params;
  apply(priors, std::vector<double>(priors.size(), 0.0), params);
  Parameters defaults;
  const FieldList set = fields_of(params);
  const FieldList given = fields_of(defaults);
  for (const Field& field : given.all()) {
    CAPTURE(field.name);
    CHECK(*set.find(field.name)->value == Approx(*field.value));
  }
}
