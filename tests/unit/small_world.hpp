/// A world of three lines and four venues as data tables, small enough to be worked out by hand.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "sim/input/facts_loader.hpp"

namespace chokepoint {

/// A data folder in the temporary directory; `$` in a table stands for as_of, source and confidence.
class SmallWorld {
 public:
  SmallWorld() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("chokepoint-facts-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(folder_);
  }
  ~SmallWorld() { std::filesystem::remove_all(folder_); }
  SmallWorld(const SmallWorld&) = delete;
  SmallWorld& operator=(const SmallWorld&) = delete;

  SmallWorld& change(const std::string& table, const std::string& from, const std::string& to) {
    std::string& text = tables_.at(table);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return *this;
  }
  SmallWorld& table(const std::string& name, const std::string& text) {
    tables_.at(name) = text;
    return *this;
  }
  SmallWorld& without(const std::string& table) {
    tables_.erase(table);
    return *this;
  }
  SmallWorld& overlay(const std::string& text) {
    overlay_ = (folder_ / "overlay.csv").string();
    write("overlay", text);
    return *this;
  }
  Facts load(Problems& problems, Date as_of = make_date(2026, 6, 12)) const {
    for (const auto& [name, text] : tables_) write(name, text);
    return load_facts(folder_.string(), overlay_, as_of, problems);
  }

 private:
  void write(const std::string& name, std::string text) const {
    for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at)) {
      const bool header = text.find('\n') > at;
      text.replace(at, 1, header ? "as_of,source,confidence" : "2026-06-12,https://example.org/page,high");
    }
    std::ofstream(folder_ / (name + ".csv")) << text;
  }

  std::filesystem::path folder_;
  std::string overlay_;
  std::map<std::string, std::string> tables_{
      {"venues",
       "venue,name,region,session,currency,timezone,open,close,lunch_start,lunch_end,index,"
       "closed_days_known_to,$\n"
       "XNYS,New York,US,B,USD,America/New_York,09:30,16:00,,,IXU,2027-01-31,$\n"
       "XHKG,Hong Kong,HK,A,HKD,Asia/Hong_Kong,09:30,16:00,12:00,13:00,IXH,2026-12-31,$\n"
       "XSHG,Shanghai,CN,A,CNY,Asia/Shanghai,09:30,15:00,11:30,13:00,IXC,2027-02-28,$\n"
       "XLON,London,ROW,B,USD,Europe/London,08:00,16:30,,,IXW,2027-06-30,$\n"},
      {"calendar",
       "venue,date,status,reason,$,low,high\n"
       "XHKG,2026-07-01,closed,day,$,,\n"
       "XHKG,2026-06-19,closed,day,$,,\n"
       "XNYS,2026-06-19,closed,day,$,,\n"
       "XNYS,2026-11-27,half_day,day,$,,\n"
       "XSHG,2026-06-22,closed,day,$,,\n"
       "XLON,2026-08-31,closed,day,$,,\n"},
      {"index_reviews", "venue,effective_on,index,$\nXHKG,2026-09-07,HSI,$\n"},
      {"fx",
       "currency,date,usd_per_unit,$\n"
       "USD,2026-06-12,1,$\nHKD,2026-06-12,0.125,$\nCNY,2026-06-12,0.15,$\n"},
      {"index_levels",
       "index,date,level,$\n"
       "IXU,2026-05-29,1000,$\nIXU,2026-06-12,1100,$\n"
       "IXH,2026-05-15,200,$\nIXH,2026-06-12,250,$\n"
       "IXC,2026-05-29,50,$\nIXC,2026-06-12,40,$\n"
       "IXW,2026-06-12,10,$\n"},
      {"firms",
       "firm,name,headquarters,sector,ai,status,parent,$\n"
       "alpha,Alpha,US,chips,yes,listed,,$\n"
       "beta,Beta,HK,bank,no,listed,,$\n"
       "gamma,Gamma,CN,chips,yes,listed,,$\n"
       "delta,Delta,US,model_developer,yes,private,,$\n"},
      {"private_firms", "firm,mark_bn_usd,low,high,marked_on,$\ndelta,50,40,60,2026-05-28,$\n"},
      {"models",
       "model,developer,released,weights,claimed_best_open,capability_index,capability_vintage,"
       "price_in_usd_mtok,price_out_usd_mtok,low,high,$\n"
       "m1,delta,2026-06-09,closed,no,150,2026-09,2,6,140,160,$\n"},
      {"listings",
       "line,firm,tickers,home,board,currency,line_class,status,shares,shares_low,shares_high,shares_as_of,"
       "shares_source,tradable_shares,tradable_low,tradable_high,tradable_source,quoted_price,quoted_on,"
       "price_basis,price,level_low,level_high,$\n"
       "ALPHA,alpha,ALPHA@XNYS,XNYS,main,USD,mega_cap,listed,1000000000,,,2026-06-12,https://a.org,"
       "900000000,,,https://a.org,100,2026-06-12,dated,100,,,$\n"
       "0001.HK,beta,0001.HK@XHKG;BETA@XNYS,XHKG,main,HKD,thin_ai,listed,400000000,,,2026-06-12,https://"
       "b.org,"
       "20000000,,,https://b.org,80,2026-05-15,moved,100,90,120,$\n"
       "600001.SH,gamma,600001.SH@XSHG,XSHG,star,CNY,chips,listed,200000000,,,2026-06-12,https://c.org,"
       "100000000,.4,.6,assumption: half,20,2026-06-10,dated,20,,,$\n"},
      {"composites",
       "composite,region,index,total_bn_usd,total_on,float_share,unit_price_usd,$,low,high\n"
       "US_REST,US,IXU,200,2026-05-29,0.9,10000,$,,\n"
       "CN_REST,CN,IXC,10,2026-05-29,0.9,10000,$,,\n"
       "HK_REST,HK,IXH,20,2026-05-15,0.9,10000,$,,\n"
       "ROW_REST,ROW,IXW,30,2026-06-12,0.9,10000,$,,\n"},
      {"price_limits", "venue,board,limit,since,$\nXSHG,main,0.1,,$\nXSHG,star,0.2,2019-07-22,$\n"},
      {"stock_connect",
       "direction,quota_bn,currency,unit,links,since,$\n"
       "south,42,CNY,per_link_per_day,2,2018-05-01,$\nnorth,52,CNY,per_link_per_day,2,2018-05-01,$\n"},
      {"line_access",
       "line,domicile,may_buy,channel,since,$,low,high\n"
       "XNYS/*,US,yes,local,,$,,\nXNYS/*,HK,yes,local,,$,,\nXNYS/*,ROW,yes,local,,$,,\n"
       "XHKG/*,HK,yes,local,,$,,\nXHKG/*,CN,no,none,,$,,\n"
       "XSHG/*,CN,yes,local,,$,,\nXSHG/*,US,yes,qfi,,$,,\n"
       "XLON/*,ROW,yes,local,,$,,\n"
       "0001.HK,CN,yes,stock_connect_south,2026-06-08,$,,\n"
       "600001.SH,US,no,none,2021-08-02,$,,\n"},
      {"lockups",
       "line,holder,kind,domicile,shares,unlocks_on,$,low,high\n"
       "0001.HK,Fund,cornerstone,ROW,30000000,2026-07-08,$,,\n"
       "0001.HK,Founder,founder,CN,350000000,2027-01-08,$,,\n"},
      {"volatility", "line,daily_sd_pct,window,$\nALPHA,1.6,2023-01..2025-10,$\n"},
      {"ownership_prior",
       "venue_region,domicile,share,$,low,high\n"
       "US,US,0.7,$,,\nUS,CN,0,$,,\nUS,HK,0.1,$,,\nUS,ROW,0.2,$,,\n"
       "CN,CN,1,$,,\nHK,HK,1,$,,\nROW,ROW,1,$,,\n"},
      {"investor_mix",
       "domicile,investor_type,share,$,low,high\n"
       "US,fund,0.6,$,,\nUS,retail,0.4,$,,\nCN,retail,1,$,,\nHK,fund,1,$,,\nROW,passive,1,$,,\n"},
      {"exposures",
       "firm,kind,counterpart,share,$,low,high\n"
       "alpha,restricted_sales,CN,0.2,$,0.1,0.3\n"
       "delta,target,m1,0.5,$,,\n"
       "alpha,stake,delta,0.25,$,,\n"
       "HK_REST,regime,us_china,0.4,$,,\n"},
      {"vendors", "vendor,measure,value,$,low,high\n"},
      {"access_rules", "authority,vendor,kind,region,allowed,since,$,low,high\n"},
      {"workforce", "region,kind,group,share,$,low,high\n"},
      {"ai_spend", "region,share,$,low,high\n"},
      {"vendor_shares", "region,vendor,product,share,period,$,low,high\n"},
      {"bank_desks",
       "enterprise,name,headquarters,region,staff,reading,removed_vendor,removed_on,$,low,high\n"},
      {"talent_shares", "year,origin,location,share,$,low,high\n"},
      {"talent_stock", "origin,location,persons,$,low,high\n"},
      {"talent_entry", "year,origin,first_place,share,$,low,high\n"},
  };
};

}  // namespace chokepoint
