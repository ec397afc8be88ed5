#pragma once

// Included by rows.h: names and columns of the read tables.
namespace registry {

template <>
struct EnumNames<PartyStatus> {
  static constexpr std::string_view names[] = {"registered", "verified", "suspended", "closed"};
};
template <>
struct EnumNames<KeyState> {
  static constexpr std::string_view names[] = {"active", "revoked"};
};
template <>
struct EnumNames<KeyRole> {
  static constexpr std::string_view names[] = {"admin", "officer"};
};
template <>
struct EnumNames<ChainState> {
  static constexpr std::string_view names[] = {"open", "frozen"};
};
template <>
struct EnumNames<PermitStatus> {
  static constexpr std::string_view names[] = {"issued", "used_up",   "expired", "revoked",
                                               "closed", "suspended", "lost"};
};
template <>
struct EnumNames<ApplicationState> {
  static constexpr std::string_view names[] = {"open", "granted", "refused"};
};
template <>
struct EnumNames<PermitUses> {
  static constexpr std::string_view names[] = {"once", "multi", "standing"};
};
template <>
struct EnumNames<SaleState> {
  static constexpr std::string_view names[] = {"recorded", "confirmed", "disputed", "delivered", "cancelled"};
};
template <>
struct EnumNames<ConsignmentState> {
  static constexpr std::string_view names[] = {"dispatched", "carried",  "counted",  "accepted",
                                               "refused",    "returned", "cancelled"};
};
template <>
struct EnumNames<FindingState> {
  static constexpr std::string_view names[] = {"open", "explained", "closed"};
};
template <>
struct EnumNames<FindingResult> {
  static constexpr std::string_view names[] = {"none",     "accepted",    "recovered", "accounted",
                                               "diverted", "unexplained", "continued"};
};
template <>
struct EnumNames<FindingAct> {
  static constexpr std::string_view names[] = {"explained", "accepted", "rejected", "transferred",
                                               "concluded", "found",    "linked",   "inspected"};
};
template <>
struct EnumNames<StopResult> {
  static constexpr std::string_view names[] = {"green", "red"};
};
template <>
struct EnumNames<InspectionResult> {
  static constexpr std::string_view names[] = {"passed", "deviations", "refused"};
};
template <>
struct EnumNames<Severity> {
  static constexpr std::string_view names[] = {"low", "medium", "high", "critical"};
};

template <>
struct EnumNames<BorderDirection> {
  static constexpr std::string_view names[] = {"export", "import"};
};
template <>
struct EnumNames<BorderState> {
  static constexpr std::string_view names[] = {"notified",     "read",     "needs_time", "suspended",
                                               "no_objection", "objected", "licensed",   "cleared",
                                               "departed",     "arrived",  "confirmed",  "withdrawn"};
};
template <>
struct EnumNames<BorderAnswer> {
  static constexpr std::string_view names[] = {"none", "no_objection", "objection", "suspended", "needs_time"};
};
template <>
struct EnumNames<BorderDocumentKind> {
  static constexpr std::string_view names[] = {"notice",  "link",      "reading", "answer",       "licence",
                                               "release", "departure", "arrival", "confirmation", "withdrawal"};
};
template <>
struct EnumNames<BorderLinkPurpose> {
  static constexpr std::string_view names[] = {"answer", "confirm"};
};
template <>
struct EnumNames<BorderLinkState> {
  static constexpr std::string_view names[] = {"issued", "opened", "used", "replaced"};
};

#define TALLYSTICK_COLUMN(member) column(#member, &Self::member)

template <>
struct Table<Setting> {
  using Self = Setting;
  static constexpr std::string_view name = "setting";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(name), TALLYSTICK_COLUMN(value), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Party> {
  using Self = Party;
  static constexpr std::string_view name = "party";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(name), TALLYSTICK_COLUMN(kinds), TALLYSTICK_COLUMN(uscc),
                 TALLYSTICK_COLUMN(region), TALLYSTICK_COLUMN(status), TALLYSTICK_COLUMN(agency_role),
                 TALLYSTICK_COLUMN(agency_level), TALLYSTICK_COLUMN(registered), TALLYSTICK_COLUMN(verified),
                 TALLYSTICK_COLUMN(verified_by));
};

template <>
struct Table<Site> {
  using Self = Site;
  static constexpr std::string_view name = "site";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(name), TALLYSTICK_COLUMN(kind),
      TALLYSTICK_COLUMN(region), TALLYSTICK_COLUMN(address), TALLYSTICK_COLUMN(added), TALLYSTICK_COLUMN(closed));
};

template <>
struct Table<Officer> {
  using Self = Officer;
  static constexpr std::string_view name = "officer";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(duty), TALLYSTICK_COLUMN(appointed),
                 TALLYSTICK_COLUMN(withdrawn), TALLYSTICK_COLUMN(keys));
};

template <>
struct Table<Key> {
  using Self = Key;
  static constexpr std::string_view name = "key";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(suite), TALLYSTICK_COLUMN(spki),
                 TALLYSTICK_COLUMN(role), TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(officer),
                 TALLYSTICK_COLUMN(since), TALLYSTICK_COLUMN(revoked));
};

template <>
struct Table<Chain> {
  using Self = Chain;
  static constexpr std::string_view name = "chain";
  static constexpr std::size_t key_columns = 1;
  static constexpr std::string_view fixed[] = {"key", "party"};
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(key), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(cseq),
                 TALLYSTICK_COLUMN(head), TALLYSTICK_COLUMN(seq), TALLYSTICK_COLUMN(state));
};

template <>
struct Table<Permit> {
  using Self = Permit;
  static constexpr std::string_view name = "permit";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(no), TALLYSTICK_COLUMN(kind), TALLYSTICK_COLUMN(issuer), TALLYSTICK_COLUMN(holder),
      TALLYSTICK_COLUMN(supplier), TALLYSTICK_COLUMN(consignee), TALLYSTICK_COLUMN(carrier), TALLYSTICK_COLUMN(origin),
      TALLYSTICK_COLUMN(destination), TALLYSTICK_COLUMN(substances), TALLYSTICK_COLUMN(valid_from),
      TALLYSTICK_COLUMN(valid_to), TALLYSTICK_COLUMN(uses), TALLYSTICK_COLUMN(status), TALLYSTICK_COLUMN(issued),
      TALLYSTICK_COLUMN(closed), TALLYSTICK_COLUMN(purpose));
};

template <>
struct Table<PermitLine> {
  using Self = PermitLine;
  static constexpr std::string_view name = "permit_line";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(permit), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(granted));
};

template <>
struct Table<Application> {
  using Self = Application;
  static constexpr std::string_view name = "application";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(applicant), TALLYSTICK_COLUMN(agency), TALLYSTICK_COLUMN(kind),
      TALLYSTICK_COLUMN(supplier), TALLYSTICK_COLUMN(consignee), TALLYSTICK_COLUMN(carrier), TALLYSTICK_COLUMN(origin),
      TALLYSTICK_COLUMN(destination), TALLYSTICK_COLUMN(substances), TALLYSTICK_COLUMN(purpose),
      TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(permit), TALLYSTICK_COLUMN(reason), TALLYSTICK_COLUMN(applied),
      TALLYSTICK_COLUMN(decided));
};

template <>
struct Table<ApplicationLine> {
  using Self = ApplicationLine;
  static constexpr std::string_view name = "application_line";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(application), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(amount));
};

template <>
struct Table<Conduct> {
  using Self = Conduct;
  static constexpr std::string_view name = "conduct";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(finding), TALLYSTICK_COLUMN(day));
};

template <>
struct Table<PersonPurchase> {
  using Self = PersonPurchase;
  static constexpr std::string_view name = "person_purchase";
  static constexpr std::size_t key_columns = 3;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(substance),
                                             TALLYSTICK_COLUMN(year), TALLYSTICK_COLUMN(amount));
};

template <>
struct Table<Lot> {
  using Self = Lot;
  static constexpr std::string_view name = "lot";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(maker),
                 TALLYSTICK_COLUMN(parents), TALLYSTICK_COLUMN(purity_ppm), TALLYSTICK_COLUMN(expiry),
                 TALLYSTICK_COLUMN(seq), TALLYSTICK_COLUMN(piece), TALLYSTICK_COLUMN(strip), TALLYSTICK_COLUMN(box));
};

template <>
struct Table<Pack> {
  using Self = Pack;
  static constexpr std::string_view name = "pack";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(form), TALLYSTICK_COLUMN(salt), TALLYSTICK_COLUMN(strength),
                 TALLYSTICK_COLUMN(factor), TALLYSTICK_COLUMN(code));
};

template <>
struct Table<Balance> {
  using Self = Balance;
  static constexpr std::string_view name = "balance";
  static constexpr std::size_t key_columns = 3;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(account), TALLYSTICK_COLUMN(substance),
                                             TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(amount));
};

template <>
struct Table<Measurement> {
  using Self = Measurement;
  static constexpr std::string_view name = "measurement";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(account), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(amount), TALLYSTICK_COLUMN(seq),
                 TALLYSTICK_COLUMN(time), TALLYSTICK_COLUMN(uncertainty));
};

template <>
struct Table<Sale> {
  using Self = Sale;
  static constexpr std::string_view name = "sale";
  static constexpr std::size_t key_columns = 1;
  static constexpr std::string_view fixed[] = {"seller",  "buyer", "substance", "amount", "permit", "exemption",
                                               "sold_on", "seq",   "consignee", "form",   "doses"};
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(seller), TALLYSTICK_COLUMN(buyer), TALLYSTICK_COLUMN(substance),
      TALLYSTICK_COLUMN(amount), TALLYSTICK_COLUMN(permit), TALLYSTICK_COLUMN(exemption), TALLYSTICK_COLUMN(state),
      TALLYSTICK_COLUMN(dispatched), TALLYSTICK_COLUMN(delivered), TALLYSTICK_COLUMN(sold_on), TALLYSTICK_COLUMN(seq),
      TALLYSTICK_COLUMN(confirmed), TALLYSTICK_COLUMN(consignee), TALLYSTICK_COLUMN(returned),
      TALLYSTICK_COLUMN(cancelled), TALLYSTICK_COLUMN(form), TALLYSTICK_COLUMN(doses));
};

template <>
struct Table<Consignment> {
  using Self = Consignment;
  static constexpr std::string_view name = "consignment";
  static constexpr std::size_t key_columns = 1;
  static constexpr std::string_view fixed[] = {"sender", "receiver",  "carrier",    "from_site",     "to_site", "sale",
                                               "permit", "exemption", "dispatched", "dispatched_at", "returns"};
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(sender), TALLYSTICK_COLUMN(receiver), TALLYSTICK_COLUMN(carrier),
      TALLYSTICK_COLUMN(from_site), TALLYSTICK_COLUMN(to_site), TALLYSTICK_COLUMN(sale), TALLYSTICK_COLUMN(permit),
      TALLYSTICK_COLUMN(exemption), TALLYSTICK_COLUMN(vehicle), TALLYSTICK_COLUMN(seals), TALLYSTICK_COLUMN(lines),
      TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(dispatched), TALLYSTICK_COLUMN(carried), TALLYSTICK_COLUMN(counted),
      TALLYSTICK_COLUMN(settled), TALLYSTICK_COLUMN(dispatched_at), TALLYSTICK_COLUMN(checked),
      TALLYSTICK_COLUMN(returns), TALLYSTICK_COLUMN(handovers), TALLYSTICK_COLUMN(custodian));
};

template <>
struct Table<Handover> {
  using Self = Handover;
  static constexpr std::string_view name = "handover";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(consignment), TALLYSTICK_COLUMN(n), TALLYSTICK_COLUMN(giver), TALLYSTICK_COLUMN(taker),
      TALLYSTICK_COLUMN(vehicle), TALLYSTICK_COLUMN(seals), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<HandoverLine> {
  using Self = HandoverLine;
  static constexpr std::string_view name = "handover_line";
  static constexpr std::size_t key_columns = 3;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(consignment), TALLYSTICK_COLUMN(handover),
                                             TALLYSTICK_COLUMN(line), TALLYSTICK_COLUMN(amount));
};

template <>
struct Table<ConsignmentLine> {
  using Self = ConsignmentLine;
  static constexpr std::string_view name = "consignment_line";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(consignment), TALLYSTICK_COLUMN(n), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(substance),
      TALLYSTICK_COLUMN(shipped), TALLYSTICK_COLUMN(carried), TALLYSTICK_COLUMN(counted), TALLYSTICK_COLUMN(piece));
};

template <>
struct Table<Obligation> {
  using Self = Obligation;
  static constexpr std::string_view name = "obligation";
  static constexpr std::size_t key_columns = 1;
  static constexpr std::string_view listed = "closed = -1";
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(kind), TALLYSTICK_COLUMN(subject),
                 TALLYSTICK_COLUMN(rule), TALLYSTICK_COLUMN(due), TALLYSTICK_COLUMN(opened), TALLYSTICK_COLUMN(closed),
                 TALLYSTICK_COLUMN(region));
};

template <>
struct Table<Duty> {
  using Self = Duty;
  static constexpr std::string_view name = "duty";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(kind),
                 TALLYSTICK_COLUMN(obligation), TALLYSTICK_COLUMN(opened), TALLYSTICK_COLUMN(closed));
};

template <>
struct Table<Report> {
  using Self = Report;
  static constexpr std::string_view name = "report";
  static constexpr std::size_t key_columns = 3;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(kind), TALLYSTICK_COLUMN(subject), TALLYSTICK_COLUMN(hash),
                 TALLYSTICK_COLUMN(at_index), TALLYSTICK_COLUMN(due), TALLYSTICK_COLUMN(filed_on),
                 TALLYSTICK_COLUMN(first), TALLYSTICK_COLUMN(filed), TALLYSTICK_COLUMN(times));
};

template <>
struct Table<Named> {
  using Self = Named;
  static constexpr std::string_view name = "named";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(what), TALLYSTICK_COLUMN(name), TALLYSTICK_COLUMN(region),
      TALLYSTICK_COLUMN(named_by), TALLYSTICK_COLUMN(first), TALLYSTICK_COLUMN(known_as), TALLYSTICK_COLUMN(known));
};

template <>
struct Table<AddressLetter> {
  using Self = AddressLetter;
  static constexpr std::string_view name = "address_letter";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(agency), TALLYSTICK_COLUMN(commitment),
      TALLYSTICK_COLUMN(salt), TALLYSTICK_COLUMN(due), TALLYSTICK_COLUMN(sent), TALLYSTICK_COLUMN(answered));
};

template <>
struct Table<Device> {
  using Self = Device;
  static constexpr std::string_view name = "device";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(chain), TALLYSTICK_COLUMN(key), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(label),
                 TALLYSTICK_COLUMN(purpose), TALLYSTICK_COLUMN(replaces), TALLYSTICK_COLUMN(opened));
};

template <>
struct Table<Finding> {
  using Self = Finding;
  static constexpr std::string_view name = "finding";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(kind), TALLYSTICK_COLUMN(rule), TALLYSTICK_COLUMN(party),
      TALLYSTICK_COLUMN(subject), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(severity),
      TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(lo), TALLYSTICK_COLUMN(hi), TALLYSTICK_COLUMN(from_index),
      TALLYSTICK_COLUMN(to_index), TALLYSTICK_COLUMN(custodian), TALLYSTICK_COLUMN(vehicle), TALLYSTICK_COLUMN(seals),
      TALLYSTICK_COLUMN(opened), TALLYSTICK_COLUMN(closed), TALLYSTICK_COLUMN(missing), TALLYSTICK_COLUMN(settled),
      TALLYSTICK_COLUMN(booked), TALLYSTICK_COLUMN(same_as), TALLYSTICK_COLUMN(case_no), TALLYSTICK_COLUMN(result),
      TALLYSTICK_COLUMN(notes));
};

template <>
struct Table<FindingNote> {
  using Self = FindingNote;
  static constexpr std::string_view name = "finding_note";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(finding), TALLYSTICK_COLUMN(n), TALLYSTICK_COLUMN(act), TALLYSTICK_COLUMN(party),
      TALLYSTICK_COLUMN(code), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(amount), TALLYSTICK_COLUMN(evidence),
      TALLYSTICK_COLUMN(statement), TALLYSTICK_COLUMN(other), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Shortage> {
  using Self = Shortage;
  static constexpr std::string_view name = "shortage";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(account), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(finding));
};

template <>
struct Table<Seizure> {
  using Self = Seizure;
  static constexpr std::string_view name = "seizure";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(agency), TALLYSTICK_COLUMN(party),
      TALLYSTICK_COLUMN(subject), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(amount), TALLYSTICK_COLUMN(disposed),
      TALLYSTICK_COLUMN(case_no), TALLYSTICK_COLUMN(seized_on), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Stop> {
  using Self = Stop;
  static constexpr std::string_view name = "stop";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(agency), TALLYSTICK_COLUMN(vehicle), TALLYSTICK_COLUMN(consignment),
      TALLYSTICK_COLUMN(permit), TALLYSTICK_COLUMN(region), TALLYSTICK_COLUMN(place), TALLYSTICK_COLUMN(result),
      TALLYSTICK_COLUMN(deviations), TALLYSTICK_COLUMN(seq), TALLYSTICK_COLUMN(time));
};

template <>
struct Table<Inspection> {
  using Self = Inspection;
  static constexpr std::string_view name = "inspection";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(agency), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(site),
                 TALLYSTICK_COLUMN(result), TALLYSTICK_COLUMN(inspected_on), TALLYSTICK_COLUMN(deviations),
                 TALLYSTICK_COLUMN(lots), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Erasure> {
  using Self = Erasure;
  static constexpr std::string_view name = "erasure";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(entry), TALLYSTICK_COLUMN(n), TALLYSTICK_COLUMN(ground),
                                             TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Correction> {
  using Self = Correction;
  static constexpr std::string_view name = "correction";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(entry), TALLYSTICK_COLUMN(by));
};

template <>
struct Table<Fork> {
  using Self = Fork;
  static constexpr std::string_view name = "fork";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(chain), TALLYSTICK_COLUMN(cseq), TALLYSTICK_COLUMN(kept),
                                             TALLYSTICK_COLUMN(other), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<BorderCase> {
  using Self = BorderCase;
  static constexpr std::string_view name = "border_case";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(direction), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(agency),
      TALLYSTICK_COLUMN(country), TALLYSTICK_COLUMN(substance), TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(answer),
      TALLYSTICK_COLUMN(licence), TALLYSTICK_COLUMN(application), TALLYSTICK_COLUMN(link), TALLYSTICK_COLUMN(office),
      TALLYSTICK_COLUMN(declaration), TALLYSTICK_COLUMN(notified), TALLYSTICK_COLUMN(licensed),
      TALLYSTICK_COLUMN(cleared), TALLYSTICK_COLUMN(moved), TALLYSTICK_COLUMN(confirmed), TALLYSTICK_COLUMN(reply_by),
      TALLYSTICK_COLUMN(notified_at), TALLYSTICK_COLUMN(answered_at), TALLYSTICK_COLUMN(documents),
      TALLYSTICK_COLUMN(opened), TALLYSTICK_COLUMN(closed));
};

template <>
struct Table<BorderDocument> {
  using Self = BorderDocument;
  static constexpr std::string_view name = "border_document";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(border_case), TALLYSTICK_COLUMN(n), TALLYSTICK_COLUMN(kind), TALLYSTICK_COLUMN(substance),
      TALLYSTICK_COLUMN(amount), TALLYSTICK_COLUMN(answer), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<BorderLink> {
  using Self = BorderLink;
  static constexpr std::string_view name = "border_link";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(
      TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(border_case), TALLYSTICK_COLUMN(purpose), TALLYSTICK_COLUMN(secret_hash),
      TALLYSTICK_COLUMN(expires), TALLYSTICK_COLUMN(state), TALLYSTICK_COLUMN(issued), TALLYSTICK_COLUMN(used));
};

template <>
struct Table<BorderLicence> {
  using Self = BorderLicence;
  static constexpr std::string_view name = "border_licence";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(permit), TALLYSTICK_COLUMN(border_case));
};

template <>
struct Table<Prescription> {
  using Self = Prescription;
  static constexpr std::string_view name = "prescription";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns =
      columns_of(TALLYSTICK_COLUMN(id), TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(site), TALLYSTICK_COLUMN(patient),
                 TALLYSTICK_COLUMN(dispensed_on), TALLYSTICK_COLUMN(keep_until), TALLYSTICK_COLUMN(seq));
};

template <>
struct Table<Empties> {
  using Self = Empties;
  static constexpr std::string_view name = "empties";
  static constexpr std::size_t key_columns = 2;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(party), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(due),
                                             TALLYSTICK_COLUMN(held), TALLYSTICK_COLUMN(destroyed));
};

template <>
struct Table<TraceCode> {
  using Self = TraceCode;
  static constexpr std::string_view name = "trace_code";
  static constexpr std::size_t key_columns = 1;
  static constexpr auto columns = columns_of(TALLYSTICK_COLUMN(code), TALLYSTICK_COLUMN(lot), TALLYSTICK_COLUMN(seq));
};

#undef TALLYSTICK_COLUMN

/// Every read table, in the order in which they are stored, dumped and compared.
template <template <class...> class List>
using AllTables = List<Setting, Party, Site, Officer, Key, Chain, Permit, PermitLine, Lot, Balance, Measurement, Sale,
                       Consignment, ConsignmentLine, Obligation, Finding, FindingNote, Shortage, Seizure, Stop,
                       Inspection, Erasure, Correction, Fork, BorderCase, BorderDocument, BorderLink, BorderLicence,
                       Application, ApplicationLine, Conduct, PersonPurchase, Handover, HandoverLine, Pack,
                       Prescription, Empties, TraceCode, Duty, Report, Named, Device, AddressLetter>;

}  // namespace registry
