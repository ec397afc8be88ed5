#include "registry/steps/obligations.h"

namespace registry {

std::string obligation_id(std::string_view kind, std::string_view subject) {
  std::string id(kind);
  return (id += ':') += subject;
}

Obligation make_obligation(std::string_view kind, std::string_view subject, std::string_view party, UtcTime due,
                           std::int64_t opened) {
  Obligation row;
  row.id = obligation_id(kind, subject);
  row.party = party;
  row.kind = row.rule = kind;
  row.subject = subject;
  row.due = due;
  row.opened = opened;
  return row;
}

void close_obligation(const Facts& facts, const std::string& id, std::int64_t index, Outcome& out) {
  const Obligation* open = facts.find<Obligation>(id);
  if (!open || open->closed != kNone) return;
  Obligation done = *open;
  done.closed = index;
  out.update(*open, done);
}

}  // namespace registry
