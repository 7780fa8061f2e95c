/// Targets of an event chosen by what the data say of them.
///
///   firm[headquarters=CN, group=ai]       firms.csv, then banks that are in bank_desks.csv only
///   model[developer=zhipu, open=true]     models.csv
///   vendor[home=US]                       vendors.csv
///
/// Keys of firms: headquarters, group (ai, other), listed, type (bank: it has a desk; vendor), region_desk
/// (where a bank has a desk), allows (a vendor that none of a bank's desks has banned); of models: developer,
/// open, region (headquarters of the developer); of vendors: home. All keys must hold. In a list of an event
/// a selection stands for the ids, in the order of the data. As `actor` it makes an event of each firm,
/// `<id>.<firm>`, which arms exclude together by `<id>`. Tests: tests/unit/target_selectors_test.cpp.
#pragma once

#include "sim/input/scenario.hpp"

namespace chokepoint {

/// Puts the ids in the place of all selections. One that cannot be read, has unknown keys or values, or
/// selects nothing is a complaint.
void expand_selectors(Scenario& scenario, const Facts& facts, Problems& problems);

}  // namespace chokepoint
