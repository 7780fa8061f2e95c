/// Facts about the users and makers of AI models: vendors and where their terms and the law let closed models
/// be used, the staff of enterprises, what they use and spend, desks of named banks. A vendors table without
/// a row describes a world in which nobody uses models.
#pragma once

#include "sim/input/facts_tables.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// Reads vendors, access_rules, workforce, ai_spend, vendor_shares and bank_desks. Firms and models must have
/// been read. Rules and removals dated after `facts.as_of` are left out.
void read_economy(const DataTables& tables, Facts& facts, Problems& problems);

}  // namespace chokepoint
