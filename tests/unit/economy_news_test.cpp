#include "sim/model/economy_news.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_economy.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

/// The model market with the model economy's vendors, and a model of Zhipu that is still to come.
Facts facts_with_vendors() {
  Facts facts = model_facts();
  add_vendors(facts);
  add_enterprises(facts);
  facts.models.push_back({"glm-next", "zhipu", make_date(2026, 6, 18), true, true, 152.0, 1.4});
  return facts;
}

/// Days 0 to 9 are Monday 15 to Friday 26 June 2026.
struct News {
  Facts facts = facts_with_vendors();
  Calendar calendar{facts, 10, {}};
  Event event;

  /// Announced on a day of June 2026, so many hours after midnight UTC.
  News(Instrument instrument, unsigned day, int hour) {
    event.said.id = "said";
    event.said.actor = "regulator:us-bis";
    event.said.announced = to_instant(make_date(2026, 6, day), hour * 3600, 0);
    event.instrument = std::move(instrument);
  }
  std::vector<EconomyNews> all() const { return economy_news(facts, calendar, event); }
  EconomyNews only() const {
    REQUIRE(all().size() == 1);
    return all().front();
  }
};

const ModelAccessOrder us_only{{"fable-5", "gpt"}, {"US"}};

}  // namespace

TEST_CASE("economy news: an order with all that it says", "[unit][economy_news]") {
  News news(us_only, 16, 20);
  news.event.said.bite.duration_days = 90.0;
  const EconomyNews one = news.only();
  const PersonOrder& order = std::get<OrderTakesHold>(one.what).order;
  CHECK(order.measure == "said");
  CHECK(order.government == Region::us);
  CHECK(order.models == std::vector<std::size_t>{fable, gpt});
  CHECK(order.permitted == std::array<bool, nationality_count>{true, false, false, false, false});
  CHECK(order.duration_days == 90.0);
  CHECK(order.first_day == one.day);
  CHECK(to_text(order.since) == "2026-06-16");
}

TEST_CASE("economy news: an order that continues a measure has its name", "[unit][economy_news]") {
  News news(us_only, 16, 20);
  news.event.said.continues = "first";
  CHECK(std::get<OrderTakesHold>(news.only().what).order.measure == "first");
}

TEST_CASE("economy news: it holds on the first day that begins after the announcement",
          "[unit][economy_news]") {
  // Shanghai and Hong Kong open at 01:30 UTC, before all others.
  CHECK(News(us_only, 16, 1).only().day == 1);    // Tuesday, before the first open
  CHECK(News(us_only, 16, 2).only().day == 2);    // Tuesday, after it
  CHECK(News(us_only, 16, 20).only().day == 2);   // Tuesday evening
  CHECK(News(us_only, 13, 12).only().day == 0);   // Saturday before the first day
  CHECK(News(us_only, 20, 12).only().day == 5);   // the Saturday that follows
  CHECK(News(us_only, 26, 12).only().day == 10);  // after the first open of the last day: never
}

TEST_CASE("economy news: proposals and lists without legal force bind nobody, licences do",
          "[unit][economy_news]") {
  News news(us_only, 16, 20);
  news.event.said.bite.force = Force::proposal;
  CHECK(news.all().empty());
  news.event.said.bite.force = Force::list_without_legal_force;
  CHECK(news.all().empty());
  news.event.said.bite.force = Force::licence_required;
  CHECK(news.all().size() == 1);
}

TEST_CASE("economy news: a reversal ends its measure", "[unit][economy_news]") {
  const EconomyNews one = News(Reversal{"order"}, 17, 20).only();
  CHECK(one.day == 3);
  CHECK(std::get<OrderEnds>(one.what).measure == "order");
}

TEST_CASE("economy news: an open model comes out when its weights do, but not before it is announced",
          "[unit][economy_news]") {
  OpenRelease release;
  release.models = {"glm-next", "glm-open"};
  SECTION("weights with the announcement") {
    const auto all = News(release, 16, 20).all();
    REQUIRE(all.size() == 2);
    CHECK(all[0].day == 2);
    CHECK(all[1].day == 2);
    CHECK(std::get<ModelComesOut>(all[0].what).model == economy_models);
    CHECK(std::get<ModelComesOut>(all[1].what).model == glm_open);
  }
  SECTION("weights on Thursday of the next week") {
    release.weights = make_date(2026, 6, 25);
    CHECK(News(release, 16, 20).all()[0].day == 8);
  }
  SECTION("weights on a Saturday") {
    release.weights = make_date(2026, 6, 20);
    CHECK(News(release, 16, 20).all()[0].day == 5);
  }
  SECTION("weights that were out already") {
    release.weights = make_date(2026, 6, 15);
    CHECK(News(release, 16, 20).all()[0].day == 2);
  }
}

TEST_CASE("economy news: a closed model comes out with its announcement", "[unit][economy_news]") {
  const EconomyNews one = News(ModelRelease{{"glm-next"}}, 18, 9).only();
  CHECK(one.day == 4);
  CHECK(std::get<ModelComesOut>(one.what).model == economy_models);
}

TEST_CASE("economy news: a bank's ban says who, whom and where", "[unit][economy_news]") {
  EnterpriseBan ban;
  ban.vendor = "openai";
  ban.staff_region.value = "HK";
  News news(ban, 18, 9);
  news.event.said.actor = "firm:jpmorgan";
  const EconomyNews one = news.only();
  const auto& removed = std::get<VendorRemoved>(one.what);
  CHECK(one.day == 4);
  CHECK(removed.enterprise == "jpmorgan");
  CHECK(removed.vendor == openai);
  CHECK(removed.region == Region::hk);
}

TEST_CASE("economy news: what concerns shares changes nothing here", "[unit][economy_news]") {
  CHECK(News(OwnershipBan{}, 16, 20).all().empty());
  CHECK(News(Issue{}, 16, 20).all().empty());
  CHECK(News(Listing{}, 16, 20).all().empty());
  CHECK(News(PlacementConsidered{}, 16, 20).all().empty());
}

TEST_CASE("economy news: the government is the first part of a regulator's name", "[unit][economy_news]") {
  CHECK(government_of("regulator:us-bis") == Region::us);
  CHECK(government_of("regulator:cn") == Region::cn);
  CHECK(government_of("regulator:hk-hkma") == Region::hk);
  CHECK(government_of("regulator:eu-commission") == Region::row);
  CHECK(government_of("firm:us-lab") == Region::row);
}
