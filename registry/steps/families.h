#pragma once

#include <span>

#include "registry/steps/step.h"

// The step types by family, one file each; step_types() joins them.
namespace registry {

/// ledger.open policy.set agency.enrol chain.fork
std::span<const StepType> registry_steps();
/// party.register party.verify site.add officer.appoint key.enrol key.revoke
std::span<const StepType> who_steps();
/// permit.issue permit.revoke permit.close
std::span<const StepType> permit_steps();
/// stock.open production.record use.record storage.move
std::span<const StepType> making_steps();
/// sale.record sale.confirm
std::span<const StepType> trade_steps();
/// transfer.dispatch transfer.carry transfer.count transfer.accept transfer.refuse
std::span<const StepType> movement_steps();
/// import.receive export.depart
std::span<const StepType> border_steps();
/// stock.count loss.report destruction.record
std::span<const StepType> counting_steps();
/// loss.found loss.conclude finding.explain finding.close seizure.record inspection.record checkpoint.stop
/// personal.erase
std::span<const StepType> losing_steps();
/// entry.correct
std::span<const StepType> oversight_steps();

}  // namespace registry
