#include <catch2/catch.hpp>

#include "sim/model/enterprises/products.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

TEST_CASE("Products are those of the usage table, in its order, then on-premise and none") {
  const Facts facts = economy_facts();
  const auto products = make_products(facts);
  REQUIRE(products.size() == 6);
  CHECK(products[0].vendor == anthropic);
  CHECK(products[1].vendor == openai);
  CHECK(products[2].vendor == zhipu);
  CHECK(products[2].kind == ProductKind::open_hosted);
  CHECK(products[3].vendor == zhipu);
  CHECK(products[3].kind == ProductKind::closed);
  CHECK(products[4].kind == ProductKind::open_on_premise);
  CHECK(products[5].kind == ProductKind::none);
  CHECK(products[5].vendor == Facts::npos);
}

TEST_CASE("Closed models of Chinese vendors are a nest of their own") {
  const auto products = make_products(economy_facts());
  CHECK(products[0].nest == Nest::closed_elsewhere);
  CHECK(products[2].nest == Nest::open_hosted);
  CHECK(products[3].nest == Nest::closed_chinese);
}

TEST_CASE("A model is sold as its vendor's open or closed product, or not at all") {
  Facts facts = economy_facts();
  facts.models.push_back({"other-open", "nobody", facts.as_of, true, false, 140.0, 1.0});
  facts.models.push_back({"gpt-open", "openai", facts.as_of, true, false, 140.0, 1.0});
  const auto sold_as = hosted_products(facts, make_products(facts));
  CHECK(sold_as[fable] == 0);
  CHECK(sold_as[opus] == 0);
  CHECK(sold_as[glm_open] == 2);
  CHECK(sold_as[glm_closed] == 3);
  CHECK(sold_as[5] == Facts::npos);
  CHECK(sold_as[6] == Facts::npos);  // nobody uses open models of openai
}

TEST_CASE("Rivals are closed products of the other side, for headquarters in the US and China only") {
  const Facts facts = economy_facts();
  const auto products = make_products(facts);
  CHECK(rival_products(facts, products, Region::us) == only(3));
  CHECK(rival_products(facts, products, Region::cn) == (only(0) | only(1)));
  CHECK(rival_products(facts, products, Region::hk) == 0);
  CHECK(rival_products(facts, products, Region::row) == 0);
}

TEST_CASE("A vendor's products are all it hosts") {
  const auto products = make_products(economy_facts());
  CHECK(products_of_vendor(products, zhipu) == (only(2) | only(3)));
  CHECK(products_of_vendor(products, Facts::npos) == 0);
}
