#pragma once

#include <map>
#include <string>
#include <string_view>

#include "world.h"

// A small trade in Pingxiang, for tests of the goods steps.
namespace goods {

using namespace world;
using Members = std::map<std::string, std::string>;

inline constexpr std::string_view kAnhydride = "CN2-02", kAcetone = "CN3-02", kPermanganate = "CN3-04",
                                  kPiperonal = "CN1-03", kEphedrine = "CN1-12a", kMorphine = "N-18",
                                  kDiazepam = "P2-24";
inline constexpr std::int64_t kKg = 1'000'000;

/// MAKER and SELLER in Anyuan, BUYER in Luxi of the same city, FAR in Nanchang, CARRIER, HOSPITAL, WHOLESALER and the
/// drug agency; a site "S-<unit>" each, and SELLER's second site S-SELLER-2.
World market();
/// A permit as its issue leaves it: quota in permit:<no>, and the obligation to write it off.
void paper(World& w, std::string_view no, std::string_view kind, std::string_view holder, std::string_view substance,
           std::int64_t amount);
/// A lot in a site, as opening stock leaves it.
void stock(World& w, std::string_view site, std::string_view lot, std::string_view substance, std::int64_t amount);
/// Changes one column of a permit: edit(w, "GB-1", [](Permit& p) { p.supplier = "MAKER"; }).
template <class F>
void edit(World& w, std::string_view permit, F&& change) {
  Permit row = *w.row<Permit>(permit);
  change(row);
  w.add(row);
}

/// {'unit':'kg','value':'1.2'} from "1.2 kg".
std::string quantity(std::string_view text);
/// {'lot':'L-1','quantity':{...}}
std::string line(std::string_view lot, std::string_view amount);
/// A payload with changed members; an empty text leaves the member out.
std::string payload(Members members, const Members& changes = {});

/// SELLER sells 10 kg of acetic anhydride to BUYER on GB-1 (100 kg, many uses).
std::string sale(const Members& changes = {});
/// SELLER sends 10 kg of L-1 to BUYER under sale X-1, with CARRIER.
std::string dispatch(const Members& changes = {});
/// A market with L-1 (500 kg) at S-SELLER, the licence TR-1 of SELLER, and GB-1 of BUYER.
World trade();
/// trade() with sale X-1 recorded and consignment C-1 sent.
World on_the_road(const Members& changes = {});

/// trade() where 10 kg are sold to FAR, beyond the border of the city, with a transport paper TP-1 of so much, if any.
World far_trade(std::int64_t transport);
/// dispatch() changed to send to FAR on TP-1.
Members far(const Members& changes = {});
/// What becomes of a dispatch by SELLER.
std::string sends(World& w, const Members& changes = {});

/// "ok", or why not; and what does not balance: per substance, goods and quota must each sum to zero.
std::string verdict(World& w, const Answer& answer);
std::string does(World& w, std::string_view type, std::string_view author, std::string_view text,
                 std::vector<Signer> signers = {});
/// Two officers of one unit.
std::vector<Signer> two(World& w, std::string_view party);

/// "loss-in-transit 1.2 kg [..] (100,101] CARRIER ..." for each new finding of an outcome.
std::string findings(const Answer& answer);

}  // namespace goods
