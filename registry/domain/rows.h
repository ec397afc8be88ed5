#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/domain/table.h"

// The read tables: what the registry knows, folded from the outcomes of all entries. Identifiers are text chosen by
// those who name the thing (a waybill, a lot, a permit number); `seq`, `since`, `issued` and their like are log
// indexes.
namespace registry {

/// "Not yet", in a column that holds a log index.
inline constexpr std::int64_t kNone = -1;

/// What a policy entry sets: ledger name, region, rule pack, key areas.
struct Setting {
  std::string name, value;
  std::int64_t seq = 0;
};

/// A unit 单位: enterprise, hospital, carrier, or an agency 机关.
enum class PartyStatus { registered, verified, suspended, closed };
struct Party {
  std::string id;
  std::string name;
  /// One or more of the pack's kinds of unit, or agency operator registry, joined by commas; a finer kind stands with
  /// its broader ones. A person 个人 is nothing else.
  std::string kinds;
  std::string uscc;
  /// GB/T 2260.
  std::string region;
  PartyStatus status = PartyStatus::registered;
  /// For an agency: PS DA EM CO HC CU MR (law.md 0) and N P C X; else empty.
  std::string agency_role, agency_level;
  std::int64_t registered = 0;
  std::int64_t verified = kNone;
  std::string verified_by;
};

struct Site {
  std::string id, party, name, kind, region, address;
  std::int64_t added = 0;
  std::int64_t closed = kNone;
};

/// An information officer 信息员 or other named person; the name itself is a private value.
struct Officer {
  std::string id, party, duty;
  std::int64_t appointed = 0;
  std::int64_t withdrawn = kNone;
  /// Ids of the keys enrolled for this person, joined by commas: they end with the appointment.
  std::string keys = {};
};

enum class KeyState { active, revoked };
enum class KeyRole { admin, officer };
struct Key {
  /// 64 hex digits, crypto::PublicKey::id.
  std::string id;
  std::string party, suite;
  /// Base 64 of the DER SubjectPublicKeyInfo.
  std::string spki;
  KeyRole role = KeyRole::officer;
  KeyState state = KeyState::active;
  std::string officer;
  std::int64_t since = 0;
  std::int64_t revoked = kNone;
};

enum class ChainState { open, frozen };
/// One author's chain, one per key and device.
struct Chain {
  std::string id, key, party;
  std::int64_t cseq = 0;
  /// Hex entry id of the entry `cseq`, and its log index.
  std::string head;
  std::int64_t seq = kNone;
  ChainState state = ChainState::open;
};

/// Only an issued one can be drawn on. A suspended or lost one keeps what is held and may come back.
enum class PermitStatus { issued, used_up, expired, revoked, closed, suspended, lost };
enum class PermitUses { once, multi, standing };
/// A permit 许可证 or filing certificate 备案证明, told apart by kind (rule pack, table of permit kinds). Its quota
/// stands in the accounts permit:<no>, held:<no> and used:<no>, by substance.
struct Permit {
  std::string no, kind, issuer, holder;
  /// Where the paper names them, else empty: who may sell, who receives, who carries, from and to which region.
  std::string supplier, consignee, carrier, origin, destination;
  /// Codes joined by commas.
  std::string substances;
  Date valid_from, valid_to;
  PermitUses uses = PermitUses::once;
  PermitStatus status = PermitStatus::issued;
  std::int64_t issued = 0;
  std::int64_t closed = kNone;
  std::string purpose;
};

struct PermitLine {
  std::string permit, substance;
  /// In the base unit of the substance; 0 for a standing permit without a quantity.
  std::int64_t granted = 0;
};

enum class ApplicationState { open, granted, refused };
/// What somebody asks an agency for 申请: the paper as the applicant would have it.
struct Application {
  std::string id, applicant, agency, kind;
  std::string supplier, consignee, carrier, origin, destination;
  /// Codes joined by commas.
  std::string substances;
  std::string purpose;
  ApplicationState state = ApplicationState::open;
  /// The paper that came of it, or why none did.
  std::string permit, reason;
  std::int64_t applied = 0;
  std::int64_t decided = kNone;
};

struct ApplicationLine {
  std::string application, substance;
  /// In the base unit of the substance; 0 for a standing paper.
  std::int64_t amount = 0;
};

/// The newest finding against a party: what a paper that wants a clean record asks for.
struct Conduct {
  std::string party, finding;
  Date day;
};

/// What a person bought of a substance in one civil year under an exemption with a yearly maximum.
struct PersonPurchase {
  std::string party, substance, year;
  std::int64_t amount = 0;
};

struct Lot {
  std::string id, substance, maker;
  /// Lots it was made from, joined by commas.
  std::string parents;
  std::int64_t purity_ppm = 1'000'000;
  /// 1970-01-01 when it has none.
  Date expiry;
  std::int64_t seq = 0;
  /// Packaged goods: base units in one piece (tablet, ampoule), pieces in a strip and in a box; 0 for bulk, and where a
  /// package has no such level.
  std::int64_t piece = 0, strip = 0, box = 0;
};

/// How a packaged lot is made up 包装规格: what one piece is and how its content was computed.
struct Pack {
  std::string lot;
  /// injection, controlled-release, patch, oral, other.
  std::string form;
  /// Code of the salt (schema/data/salts.csv) in which the strength is stated; "base" for the substance itself.
  std::string salt;
  /// Of that salt in one piece, base units; and base mass by salt mass in ten-thousandths.
  std::int64_t strength = 0, factor = 10'000;
  /// Identification of the product in its traceability codes: 7 digits of a drug traceability code, or a GTIN.
  std::string code;
};

/// What an account holds of a lot; rows at zero are removed. For quota accounts the lot is empty.
struct Balance {
  std::string account, substance, lot;
  std::int64_t amount = 0;
};

/// The newest signed measurement of a lot in an account: where a later loss can have begun.
struct Measurement {
  std::string account, lot;
  std::int64_t amount = 0;
  std::int64_t seq = 0;
  UtcTime time;
  /// Of the instrument it was weighed with; 0 where none was stated.
  std::int64_t uncertainty = 0;
};

enum class SaleState { recorded, confirmed, disputed, delivered, cancelled };
struct Sale {
  std::string id, seller, buyer, substance;
  std::int64_t amount = 0;
  /// The buyer's purchase paper; empty with an exemption.
  std::string permit;
  /// Id of the exemption used (EX-16 ...), else empty.
  std::string exemption;
  SaleState state = SaleState::recorded;
  std::int64_t dispatched = 0, delivered = 0;
  Date sold_on;
  std::int64_t seq = 0;
  std::int64_t confirmed = kNone;
  /// Who gets the goods, where a mandate names another than the buyer.
  std::string consignee;
  /// Sent back by the buyer to the seller.
  std::int64_t returned = 0;
  std::int64_t cancelled = kNone;
  /// Form of the goods where the law asks for it: small-pack, tablets, injections, preparation; empty for a raw
  /// substance.
  std::string form;
  /// Tablets or injections sold; 0 where they are not counted.
  std::int64_t doses = 0;
};

enum class ConsignmentState { dispatched, carried, counted, accepted, refused, returned, cancelled };
struct Consignment {
  std::string id, sender, receiver, carrier, from_site, to_site;
  std::string sale;
  /// Transport paper, when a border is crossed, or the exemption.
  std::string permit, exemption;
  std::string vehicle, seals;
  std::int64_t lines = 0;
  ConsignmentState state = ConsignmentState::dispatched;
  std::int64_t dispatched = 0, carried = kNone, counted = kNone, settled = kNone;
  UtcTime dispatched_at;
  /// The newest entry in which it was weighed on the road; the amounts are measurements of its transit account.
  std::int64_t checked = kNone;
  /// The sale whose goods come back with it; empty on the way out.
  std::string returns;
  /// How often it changed carriers on the road, and who has had it since; empty while the named carrier has.
  std::int64_t handovers = 0;
  std::string custodian;
};

/// From one carrier to the next on the road.
struct Handover {
  std::string consignment;
  /// Three digits, "001" first.
  std::string n;
  std::string giver, taker, vehicle, seals;
  std::int64_t seq = 0;
};

/// What both carriers counted of a line at a handover; none where they did not count.
struct HandoverLine {
  std::string consignment, handover, line;
  std::int64_t amount = 0;
};

struct ConsignmentLine {
  std::string consignment;
  /// Three digits, "001" first.
  std::string n;
  std::string lot, substance;
  /// Amounts by sender, carrier and receiver; kNone before their signature.
  std::int64_t shipped = 0, carried = kNone, counted = kNone;
  /// Base units in one piece of a packaged lot, else 0.
  std::int64_t piece = 0;
};

/// An open end 待办: somebody must do something by some time. Overdue is `due` < now.
struct Obligation {
  /// "<kind>:<subject>".
  std::string id;
  std::string party, kind, subject, rule;
  UtcTime due;
  std::int64_t opened = 0;
  std::int64_t closed = kNone;
  /// Where the agencies are that may do it, when it falls on nobody by name; else empty.
  std::string region = {};
};

/// What a party owes again and again: a report each month, a count of a site. Points to the obligation of the earliest
/// period that is not done; closing that one opens the next, so no period is ever left out.
struct Duty {
  /// "<kind>:<party or site>".
  std::string id;
  std::string party, kind;
  /// Id of the open obligation.
  std::string obligation;
  std::int64_t opened = 0;
  std::int64_t closed = kNone;
};

/// A report that was filed 报送: the newest for its period or thing. What it says is a file of which only the hash is
/// here.
struct Report {
  /// `subject` is a period (2025, 2026-03, 2026-Q1) or the thing reported about.
  std::string party, kind, subject;
  /// Hex SHA-256 of the report's bytes, and the index up to which it counts.
  std::string hash;
  std::int64_t at_index = 0;
  /// 1970-01-01T00:00:00.000Z where the law sets no time.
  UtcTime due;
  Date filed_on;
  std::int64_t first = 0, filed = 0;
  std::int64_t times = 1;
};

/// Somebody or something outside the registry, or known to it, that a signed entry named: a unit or carrier, the plate
/// of a vehicle, a party abroad. What nobody has registered is a gap in the coverage 入网登记 of its region.
struct Named {
  /// "uscc:<code>", "name:<name>", "plate:<plate>", "foreign:<country>:<name>".
  std::string id;
  /// unit carrier plate foreign.
  std::string what;
  std::string name, region;
  std::string named_by;
  std::int64_t first = 0;
  /// The party it turned out to be, or that registered the vehicle, or the agency that looked into it.
  std::string known_as;
  std::int64_t known = kNone;
};

/// A letter 核实函 to the legal address of a unit with a code 验证码 in it. The log has a commitment to the code; who
/// opens it in time has received the letter.
struct AddressLetter {
  std::string id, party, agency;
  /// Hex: crypto::commit of the code under `salt`.
  std::string commitment, salt;
  UtcTime due;
  std::int64_t sent = 0;
  std::int64_t answered = kNone;
};

/// What an author said about a chain before using it: whose device it is, and which chain it goes on from.
struct Device {
  /// The chain's id.
  std::string chain;
  std::string key, party, label, purpose;
  std::string replaces;
  std::int64_t opened = 0;
};

enum class FindingState { open, explained, closed };
enum class Severity { low, medium, high, critical };
/// How it ended: `accepted` is an agency's word on an explanation, the next four are public security's on a case, and
/// `continued` says that another finding about the same goods took it over.
enum class FindingResult { none, accepted, recovered, accounted, diverted, unexplained, continued };
/// A deviation 异常 that a recorded fact showed.
struct Finding {
  /// "F-<index of the entry>-<n>".
  std::string id;
  std::string kind, rule, party, subject;
  std::string substance, lot;
  Severity severity = Severity::medium;
  FindingState state = FindingState::open;
  /// Missing amount between lo and hi; negative for a surplus.
  std::int64_t lo = 0, hi = 0;
  /// It happened after the entry `from_index` and not after `to_index`, in the hands of `custodian`.
  std::int64_t from_index = kNone, to_index = kNone;
  std::string custodian, vehicle, seals;
  std::int64_t opened = 0;
  std::int64_t closed = kNone;
  /// What is missing as measured or reported, and how much of it is no longer: found again, accounted for, or carried
  /// on by the finding `same_as`. Their difference is what this finding adds to any sum.
  std::int64_t missing = 0, settled = 0;
  /// The account in which the missing goods stand.
  std::string booked;
  std::string same_as;
  /// The case it was transferred to.
  std::string case_no;
  FindingResult result = FindingResult::none;
  /// How many rows of its history there are.
  std::int64_t notes = 0;
};

enum class FindingAct { explained, accepted, rejected, transferred, concluded, found, linked, inspected };
/// What was said about a finding after it was opened.
struct FindingNote {
  std::string finding;
  /// Three digits, "001" first.
  std::string n;
  FindingAct act = FindingAct::explained;
  std::string party;
  /// Cause or result.
  std::string code;
  std::string substance;
  std::int64_t amount = 0;
  /// SHA-256 of files, hex, joined by commas.
  std::string evidence;
  std::string statement;
  /// Another finding, or a case.
  std::string other;
  std::int64_t seq = 0;
};

/// The findings about goods of a lot that are missing from an account, ids joined by commas, the newest first; some may
/// be closed by now. Who reports or counts the same goods again reads here which loss they are, and books none twice.
struct Shortage {
  std::string account, lot;
  std::string finding;
};

/// Goods that an agency took, 收缴, and how much of them is disposed of.
struct Seizure {
  std::string id, lot;
  /// Who took it, and from whom; empty where nobody is known.
  std::string agency, party;
  /// "site:…", "consignment:…" or "outside".
  std::string subject;
  std::string substance;
  std::int64_t amount = 0, disposed = 0;
  std::string case_no;
  Date seized_on;
  std::int64_t seq = 0;
};

enum class StopResult { green, red };
/// A vehicle stopped on the road, compared with its paper (445-41).
struct Stop {
  std::string id, agency, vehicle, consignment, permit, region, place;
  StopResult result = StopResult::green;
  /// Kinds of finding, joined by commas.
  std::string deviations;
  std::int64_t seq = 0;
  UtcTime time;
};

enum class InspectionResult { passed, deviations, refused };
/// A visit of an inspector to a site.
struct Inspection {
  std::string id, agency, party, site;
  InspectionResult result = InspectionResult::passed;
  Date inspected_on;
  /// Kinds of finding, joined by commas.
  std::string deviations;
  /// How many lots were counted.
  std::int64_t lots = 0;
  std::int64_t seq = 0;
};

/// A personal value that was erased; what it was is gone, that and why it was erased stays.
struct Erasure {
  /// Index of the entry that committed to the value, ten digits, and the number of the value in it, three, "001" first.
  std::string entry, n;
  std::string ground;
  /// Who ordered it.
  std::string party;
  std::int64_t seq = 0;
};

struct Correction {
  /// Index of the corrected entry, ten digits.
  std::string entry;
  std::int64_t by = 0;
};

/// A second entry for one place in a chain, validly signed: its author's key is cloned or its device was restored.
struct Fork {
  std::string chain;
  /// Ten digits.
  std::string cseq;
  std::string kept, other;
  std::int64_t seq = 0;
};

/// Goods that leave the country, or come into it.
enum class BorderDirection { export_goods, import_goods };
/// Where a two-way check 双向核查 stands. That nobody answered in time is a matter of the date and needs no entry.
enum class BorderState {
  notified,
  read,
  needs_time,
  suspended,
  no_objection,
  objected,
  licensed,
  cleared,
  departed,
  arrived,
  confirmed,
  withdrawn
};
enum class BorderAnswer { none, no_objection, objection, suspended, needs_time };
/// One two-way check: the notice to the partner country, or from it, and all that follows.
struct BorderCase {
  /// The number of the notification.
  std::string id;
  BorderDirection direction = BorderDirection::export_goods;
  /// Our exporter or importer, the agency that keeps the case, the partner country (two letters).
  std::string party, agency, country, substance;
  BorderState state = BorderState::notified;
  /// The newest answer: of the partner authority for an export, of ours for an import.
  BorderAnswer answer = BorderAnswer::none;
  /// Import or export paper, the application for it that waits for the answer, the newest link, customs office, customs
  /// declaration; empty while there is none.
  std::string licence, application, link, office, declaration;
  /// Amounts by document; kNone before it is there. `moved` departed or arrived.
  std::int64_t notified = 0, licensed = kNone, cleared = kNone, moved = kNone, confirmed = kNone;
  Date reply_by;
  UtcTime notified_at;
  /// 1970-01-01 before a final answer.
  UtcTime answered_at;
  /// Rows in border_document.
  std::int64_t documents = 0;
  std::int64_t opened = 0;
  std::int64_t closed = kNone;
};

enum class BorderDocumentKind {
  notice,
  link,
  reading,
  answer,
  licence,
  release,
  departure,
  arrival,
  confirmation,
  withdrawal
};
/// One document of a two-way check, in the order in which they came.
struct BorderDocument {
  std::string border_case;
  /// Three digits, "001" first.
  std::string n;
  BorderDocumentKind kind = BorderDocumentKind::notice;
  std::string substance;
  /// What it states; kNone where it states none.
  std::int64_t amount = kNone;
  BorderAnswer answer = BorderAnswer::none;
  std::int64_t seq = 0;
};

enum class BorderLinkPurpose { answer, confirm };
enum class BorderLinkState { issued, opened, used, replaced };
/// A one-time link through which a partner authority reads a notice and answers it, or confirms an arrival.
struct BorderLink {
  std::string id, border_case;
  BorderLinkPurpose purpose = BorderLinkPurpose::answer;
  /// Hex SHA-256 of the secret, which only the link itself contains.
  std::string secret_hash;
  UtcTime expires;
  BorderLinkState state = BorderLinkState::issued;
  std::int64_t issued = 0;
  std::int64_t used = kNone;
};

/// The two-way check that an import or export paper belongs to.
struct BorderLicence {
  std::string permit, border_case;
};

/// A prescription 处方 that was filled; what it says is private, the number is a commitment to it.
struct Prescription {
  /// "<day of writing>:<64 hex digits>", so that a growing table grows at its end.
  std::string id;
  std::string party, site;
  /// ordinary, cancer-pain, inpatient, child-adhd.
  std::string patient;
  Date dispensed_on, keep_until;
  std::int64_t seq = 0;
};

/// Empty ampoules and used patches 空安瓿、废贴 of a lot: still out with patients, back in the house, destroyed.
struct Empties {
  std::string party, lot;
  std::int64_t due = 0, held = 0, destroyed = 0;
};

/// The traceability code 药品追溯码 of one sales unit that was dispensed; no code is used twice.
struct TraceCode {
  std::string code, lot;
  std::int64_t seq = 0;
};

}  // namespace registry

#include "registry/domain/tables.h"
